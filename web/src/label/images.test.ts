import { expect, test } from "vitest";
import { Problem } from "../api/problem";
import { FakeImages, itemOf, taskOf } from "../testing/fakeServer";
import { Images } from "./images";

test("loads each image once and knows its size", async () => {
  const asked: string[] = [];
  const images = new Images(new FakeImages(), (url) => Promise.resolve({ size: [asked.push(url) * 100, 50] }));
  const task = taskOf("t", ["a", "b"]);
  await images.prepare(task);
  await images.prepare(task);
  expect(asked).toEqual(["https://storage/a.png", "https://storage/b.png"]);
  expect(images.sizeOf(itemOf("b"))).toEqual([200, 50]);
});

test("a thumbnail says nothing about the size of the image", async () => {
  const item = { ...itemOf("a"), thumbnail: "https://storage/a.small.png" };
  const images = new Images(new FakeImages(), () => Promise.resolve({ size: [80, 60] }));
  await images.prepare({ ...taskOf("t", []), items: [item, itemOf("b")] });
  expect(images.sizeOf(item)).toBeNull();
  expect(images.sizeOf({ ...item, width: 4000, height: 3000 })).toEqual([4000, 3000]);
});

test("thumbnails are asked for once images have turned out to be large", async () => {
  const server = new FakeImages();
  const images = new Images(server, () => Promise.resolve({ size: [2000, 1000] }));
  await images.prepare(taskOf("t", ["a", "b"]));
  expect(server.thumbnailed).toEqual([]);
  await images.prepare(taskOf("u", ["c", "d"]));
  expect(server.thumbnailed).toEqual(["c", "d"]);
  expect(images.urlOf(itemOf("c"), 2)).toBe("https://storage/c.small.webp");
  expect(images.urlOf(itemOf("c"), 1)).toBe("https://storage/c.small.webp");
});

test("what the browser cannot show is shown as the server renders it", async () => {
  const server = new FakeImages();
  server.views.set("a", { url: "https://storage/a.rendered.png", width: 40, height: 30, frames: 3, native: false, note: "This is page 1 of 3." });
  const load = (url: string) => (url.includes("rendered") ? Promise.resolve({ size: [40, 30] as const }) : Promise.reject(new Error("cannot decode")));
  const images = new Images(server, load);
  expect(await images.whole(itemOf("a"))).toMatchObject({ url: "https://storage/a.rendered.png", note: "This is page 1 of 3." });
  expect(images.urlOf(itemOf("a"), 1)).toBe("https://storage/a.rendered.png");
  expect(images.sizeOf(itemOf("a"))).toEqual([40, 30]);
});

test("a file of several pages says which one is shown", async () => {
  const images = new Images(new FakeImages(), () => Promise.resolve({ size: [8, 8] }));
  expect(await images.whole({ ...itemOf("a"), path: "a.tif", frames: 4 })).toMatchObject({ note: "This is page 1 of 4." });
  expect(await images.whole({ ...itemOf("b"), path: "b.dcm", frames: 4 })).toMatchObject({ note: null });
});

test("an image that nobody can show holds up nothing, and says why", async () => {
  const server = new FakeImages();
  const images = new Images(server, () => Promise.reject(new Error("404")));
  server.refusal = new Problem(422, "The file ends too soon.");
  await images.prepare(taskOf("t", ["a"]));
  expect(images.sizeOf(itemOf("a"))).toBeNull();
  expect(images.reasonOf(itemOf("a"))).toBe("The file ends too soon.");
  images.retry(itemOf("a"));
  expect(images.reasonOf(itemOf("a"))).toBeNull();
});

test("a text has no image", async () => {
  const images = new Images(new FakeImages(), () => Promise.reject(new Error("never asked")));
  await images.prepare({ ...taskOf("t", []), items: [{ ...itemOf("a"), text: "Words." }] });
  expect(images.reasonOf(itemOf("a"))).toBeNull();
});
