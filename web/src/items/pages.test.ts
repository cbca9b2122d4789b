import { expect, test } from "vitest";
import type { Item } from "../api/types";
import { cursorsOf, exchanged, readBetween, type ItemPage, type ItemPages } from "./pages";

const item = (id: string, version = 1) => ({ id, version }) as Item;
const page = (ids: readonly string[], next: string | null = null): ItemPage => ({ items: ids.map((id) => item(id)), next, at: 0 });
const idsOf = ({ items }: ItemPage) => items.map(({ id }) => id);

/** Reads two at a time of a list. */
const reader = (ids: readonly string[]) => (cursor: string | null) => {
  const rest = ids.filter((id) => cursor === null || id >= cursor);
  return Promise.resolve(page(rest.slice(0, 2), rest[2] ?? null));
};

const LIST: ItemPages = { pages: [page(["a", "c"], "e"), page(["e", "g"], "i"), page(["i"])], pageParams: [null, "e", "i"] };

test("places and items are on pages", () => {
  const places = (first: number, end: number) => cursorsOf(LIST, ({ items }, begin) => begin < end && begin + items.length > first);
  expect(places(0, 1)).toEqual([null]);
  expect(places(1, 3)).toEqual([null, "e"]);
  expect(places(4, 9)).toEqual(["i"]);
  expect(cursorsOf(LIST, ({ items }) => items.some(({ id }) => id === "g"))).toEqual(["e"]);
});

test("a page that fewer items match ends where it ended", async () => {
  const read = await readBetween(reader(["a", "g", "i"]), null, "e");
  expect(idsOf(read)).toEqual(["a"]);
  expect(read.next).toBe("e");
});

test("a page that more items match is read to its end", async () => {
  const read = await readBetween(reader(["a", "b", "c", "d", "e"]), null, "e");
  expect(idsOf(read)).toEqual(["a", "b", "c", "d"]);
  expect(read.next).toBe("e");
});

test("the last page goes on where the server says", async () => {
  const read = await readBetween(reader(["i", "j", "k"]), "i", null);
  expect([idsOf(read), read.next]).toEqual([["i", "j"], "k"]);
});

test("what was changed meanwhile is not overwritten by an older reading", () => {
  const list = { ...LIST, pages: [{ ...page([], "e"), items: [item("a", 3), item("c", 1)] }, ...LIST.pages.slice(1)] };
  const fresh = { ...page([], "e"), items: [item("a", 2), item("c", 2)] };
  const [first, second] = exchanged(list, null, fresh).pages;
  expect(first?.items.map(({ version }) => version)).toEqual([3, 2]);
  expect(second).toBe(LIST.pages[1]);
});
