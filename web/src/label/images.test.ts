import { expect, test } from "vitest";
import { itemOf, taskOf } from "../testing/fakeServer";
import { Images } from "./images";

test("loads each image once and knows its size", async () => {
  const asked: string[] = [];
  const images = new Images((url) => Promise.resolve({ size: [asked.push(url) * 100, 50] }));
  const task = taskOf("t", ["a", "b"]);
  await images.prepare(task);
  await images.prepare(task);
  expect(asked).toEqual(["https://storage/a.png", "https://storage/b.png"]);
  expect(images.sizeOf(itemOf("b"))).toEqual([200, 50]);
});

test("a thumbnail says nothing about the size of the image", async () => {
  const item = { ...itemOf("a"), thumbnail: "https://storage/a.small.png" };
  const images = new Images(() => Promise.resolve({ size: [80, 60] }));
  await images.prepare({ ...taskOf("t", []), items: [item, itemOf("b")] });
  expect(images.sizeOf(item)).toBeNull();
  expect(images.sizeOf({ ...item, width: 4000, height: 3000 })).toEqual([4000, 3000]);
});

test("an image that does not load holds up nothing", async () => {
  const images = new Images(() => Promise.reject(new Error("404")));
  await images.prepare(taskOf("t", ["a"]));
  expect(images.sizeOf(itemOf("a"))).toBeNull();
});
