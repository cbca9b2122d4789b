import { expect, test } from "vitest";
import { chooseAll, extend, goTo, NOWHERE, past, placeOf, step, targetsOf, toggle } from "./selection";

const IDS = ["a", "b", "c", "d", "e"];
const at = (index: number) => goTo(NOWHERE, IDS, index);

test("the cursor stays within the list", () => {
  expect(step(at(4), IDS, 1).cursor).toBe("e");
  expect(step(at(1), IDS, -3).cursor).toBe("a");
  expect(placeOf(NOWHERE, [])).toBe(-1);
});

test("a range runs from the anchor, in either direction, and adds to what is chosen", () => {
  const down = extend(toggle(at(0), IDS, 1), IDS, 3);
  expect([...down.chosen]).toEqual(["b", "c", "d"]);
  const up = extend(toggle(NOWHERE, IDS, 3), IDS, 2);
  expect([...up.chosen].sort()).toEqual(["c", "d"]);
  expect(extend(extend(at(2), IDS, 4), IDS, 3).anchor).toBe("c");
});

test("an action is about what is chosen, in the order of the list, else about the cursor's item", () => {
  const chosen = toggle(toggle(at(0), IDS, 3), IDS, 1);
  expect(targetsOf(chosen, IDS)).toEqual(["b", "d"]);
  expect(targetsOf(at(2), IDS)).toEqual(["c"]);
  expect(targetsOf(NOWHERE, IDS)).toEqual([]);
});

test("all are chosen, then none", () => {
  const all = chooseAll(at(0), IDS);
  expect(all.chosen.size).toBe(5);
  expect(chooseAll(all, IDS).chosen.size).toBe(0);
});

test("after an action the cursor is behind the last item it was about, and nothing is chosen", () => {
  const chosen = toggle(toggle(at(0), IDS, 1), IDS, 2);
  expect(past(chosen, IDS, ["b", "c"])).toMatchObject({ cursor: "d", at: 3 });
  expect(past(chosen, IDS, ["b", "c"]).chosen.size).toBe(0);
  expect(past(at(4), IDS, ["e"]).cursor).toBe("e");
});

test("an item that leaves the list gives its place to the next", () => {
  const left = IDS.filter((id) => id !== "c");
  expect(placeOf(at(2), left)).toBe(2);
  expect(step(at(2), left, 1).cursor).toBe("d");
  expect(step(at(2), left, -1).cursor).toBe("b");
});
