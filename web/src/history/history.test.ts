import { describe, expect, test } from "vitest";
import { Database } from "../drafts/database";
import { History, isSkipped, withPage, type PastPage } from "./history";

const page = (number: number, ...items: string[]): PastPage => ({
  submission: `s${number}`, at: number, items: (items.length > 0 ? items : [`i${number}`]).map((id) => ({ id, name: `${id}.png`, answer: "ant", skipped: null })),
});

describe("History", () => {
  test("lists the oldest first, for one labeler and project, from any window", async () => {
    const database = new Database("history-order");
    for (const number of [12, 3, 7]) await new History(database, "ana", "p").add(page(number));
    await new History(database, "ben", "p").add(page(8));
    await new History(database, "ana", "p2").add(page(9));
    expect((await new History(database, "ana", "p").list()).map(({ submission }) => submission)).toEqual(["s3", "s7", "s12"]);
  });

  test("a page that is submitted again is in it once, as the newest", async () => {
    const history = new History(new Database("history-again"), "ana", "p");
    await history.add(page(1, "a", "b"));
    await history.add(page(2, "a"));
    await history.add(page(3, "a", "b"));
    expect((await history.list()).map(({ submission }) => submission)).toEqual(["s2", "s3"]);
  });

  test("keeps the last 200, and what was withdrawn not at all", async () => {
    const history = new History(new Database("history-long"), "ana", "p");
    for (let number = 1; number <= 203; number++) await history.add(page(number));
    await history.remove(page(203));
    const kept = await history.list();
    expect([kept.length, kept[0]?.submission, kept.at(-1)?.submission]).toEqual([199, "s4", "s202"]);
  });
});

test("a page counts as skipped if one of its items is", () => {
  const [first] = page(1, "a").items;
  expect(isSkipped(page(1, "a", "b"))).toBe(false);
  expect(first !== undefined && isSkipped({ ...page(1), items: [{ ...first, skipped: "Blurry" }] })).toBe(true);
  expect(withPage([page(1), page(2)], page(1)).map(({ at }) => at)).toEqual([2, 1]);
});
