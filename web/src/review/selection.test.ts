import { expect, test } from "vitest";
import { selectAll, extend, goTo, NOWHERE, past, placeOf, step, targetsOf, toggle, visit } from "./selection";

const IDS = ["a", "b", "c", "d", "e"];
const at = (index: number) => goTo(NOWHERE, IDS, index);

test("the cursor stays within the list", () => {
  expect(step(at(4), IDS, 1).cursor).toBe("e");
  expect(step(at(1), IDS, -3).cursor).toBe("a");
  expect(placeOf(NOWHERE, [])).toBe(-1);
});

test("an item can be visited that is not in the list, and left for one that is", () => {
  const away = visit(at(2), IDS, "z");
  expect([away.cursor, away.at]).toEqual(["z", 2]);
  expect(step(away, IDS, 1).cursor).toBe("c");
  expect(visit(away, IDS, "e").at).toBe(4);
});

test("a range runs from the anchor, in either direction, and adds to what is selected", () => {
  const down = extend(toggle(at(0), IDS, 1), IDS, 3);
  expect([...down.selected]).toEqual(["b", "c", "d"]);
  const up = extend(toggle(NOWHERE, IDS, 3), IDS, 2);
  expect([...up.selected].sort()).toEqual(["c", "d"]);
  expect(extend(extend(at(2), IDS, 4), IDS, 3).anchor).toBe("c");
});

test("an action is about what is selected, in the order of the list, else about the cursor's item", () => {
  const selected = toggle(toggle(at(0), IDS, 3), IDS, 1);
  expect(targetsOf(selected, IDS)).toEqual(["b", "d"]);
  expect(targetsOf(at(2), IDS)).toEqual(["c"]);
  expect(targetsOf(NOWHERE, IDS)).toEqual([]);
  expect(targetsOf(at(2), ["a", "b"])).toEqual([]);
});

test("all are selected, then none", () => {
  const all = selectAll(at(0), IDS);
  expect(all.selected.size).toBe(5);
  expect(selectAll(all, IDS).selected.size).toBe(0);
});

test("after an action the cursor is behind the last item it was about, and nothing is selected", () => {
  const selected = toggle(toggle(at(0), IDS, 1), IDS, 2);
  expect(past(selected, IDS, ["b", "c"])).toMatchObject({ cursor: "d", at: 3 });
  expect(past(selected, IDS, ["b", "c"]).selected.size).toBe(0);
  expect(past(at(4), IDS, ["e"]).cursor).toBe("e");
  expect(past(selectAll(at(1), IDS), IDS, IDS).cursor).toBe("b");
});

test("an item that leaves the list gives its place to the next", () => {
  const left = IDS.filter((id) => id !== "c");
  expect(placeOf(at(2), left)).toBe(2);
  expect(step(at(2), left, 1).cursor).toBe("d");
  expect(step(at(2), left, -1).cursor).toBe("b");
});
