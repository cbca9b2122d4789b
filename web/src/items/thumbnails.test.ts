import { expect, test } from "vitest";
import type { Item } from "../api/types";
import { Thumbnails } from "./thumbnails";

const item = (id: string, width = 4000) => ({ id, url: "https://x", width, height: 10 }) as Item;
const soon = () => new Promise((done) => setTimeout(done));

test("each is asked for once, sixty at a time, and small images not at all", async () => {
  const asked: number[] = [];
  const thumbnails = new Thumbnails((ids) => {
    asked.push(ids.length);
    return Promise.resolve(new Map(ids.map((id) => [id, { url: `small ${id}`, reason: null }])));
  });
  const many = Array.from({ length: 70 }, (_, index) => item(String(index)));
  thumbnails.want([...many, item("small", 512)]);
  thumbnails.want(many.slice(60));
  await soon();
  expect(asked).toEqual([60, 10]);
  expect(thumbnails.known.get().get("69")?.url).toBe("small 69");
  expect(thumbnails.known.get().has("small")).toBe(false);
});

test("what the server could not give is asked for again", async () => {
  let calls = 0;
  const thumbnails = new Thumbnails(() => (calls++ === 0 ? Promise.reject(new Error("busy")) : Promise.resolve(new Map())));
  thumbnails.want([item("a")]);
  await soon();
  thumbnails.want([item("a")]);
  expect(calls).toBe(2);
});
