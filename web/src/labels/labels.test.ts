import { describe, expect, test } from "vitest";
import { hotkeys } from "./hotkeys";
import { PALETTE, paletteColor, shade } from "./palette";
import { keyProblems, typedKey } from "./ownersKeys";
import { flatten, shortName } from "./tree";

const keyed = (paths: readonly string[], keys: Readonly<Record<string, string>> = {}) => paths.map((path) => ({ path, key: keys[path] ?? null }));
const numbered = (count: number) => keyed(Array.from({ length: count }, (_, index) => `label ${index + 1}`));

describe("hotkeys", () => {
  test("gives 1 to 9 and then 0 in order", () => {
    const keys = hotkeys(numbered(10));
    expect(keys.get("label 1")).toBe("1");
    expect(keys.get("label 9")).toBe("9");
    expect(keys.get("label 10")).toBe("0");
  });

  test("goes on with Shift, and leaves the twenty-first without a key", () => {
    const keys = hotkeys(numbered(21));
    expect(keys.get("label 11")).toBe("Shift+1");
    expect(keys.get("label 20")).toBe("Shift+0");
    expect(keys.has("label 21")).toBe(false);
  });

  test("lets labels that are digits answer to themselves", () => {
    expect([...hotkeys(keyed(["0", "7", "3"]))]).toEqual([["0", "0"], ["7", "7"], ["3", "3"]]);
  });

  test("leaves an owner's digits to their labels, and gives the others the rest in order", () => {
    expect([...hotkeys(keyed(["ant", "bee", "cat", "dog"], { cat: "1", dog: "d" }))]).toEqual([["ant", "2"], ["bee", "3"], ["cat", "1"], ["dog", "4"]]);
    expect([...hotkeys(keyed(["1", "2", "3"], { 3: "1" }))]).toEqual([["2", "2"], ["3", "1"]]);
  });
});

describe("flatten", () => {
  const tree = [{ name: "Animal", color: "#112233", children: [{ name: "Cat" }] }, { name: "Robot", children: [{ name: "Cat" }] }];

  test("takes the owner's keys along", () => {
    expect(flatten([{ name: "Animal", children: [{ name: "Cat", key: "c" }] }]).map(({ key }) => key)).toEqual([null, "c"]);
  });

  test("lists parents before children, which are shades of them", () => {
    expect(flatten(tree).map(({ path, color }) => [path, color])).toEqual([
      ["Animal", "#112233"],
      ["Animal/Cat", shade("#112233", 1)],
      ["Robot", paletteColor(1)],
      ["Robot/Cat", shade(paletteColor(1), 1)],
    ]);
  });

  test("uses the whole path where two labels share a name", () => {
    const labels = flatten(tree);
    expect(labels.map((label) => shortName(label, labels))).toEqual(["Animal", "Animal/Cat", "Robot", "Robot/Cat"]);
  });
});

test("shades of a colour can be told apart, and from it", () => {
  const light = (color: string) => [1, 3, 5].reduce((sum, at) => sum + parseInt(color.slice(at, at + 2), 16), 0) / 3;
  expect(shade("#808080", 1)).toBe("#a3a3a3");
  for (const color of PALETTE) {
    const family = [color, ...[1, 2, 3, 4].map((n) => shade(color, n))].map(light).sort((a, b) => a - b);
    for (const [index, one] of family.slice(1).entries()) expect(one - (family[index] ?? 0)).toBeGreaterThan(4);
  }
});

describe("keys that an owner chooses", () => {
  const problems = (keys: Readonly<Record<string, string>>, mode: Parameters<typeof keyProblems>[1]) => [...keyProblems(keyed(["ant", "bee", "cat"], keys), mode)];

  test("are letters and digits that nothing else has", () => {
    expect(problems({ ant: "b", bee: "7" }, "images")).toEqual([]);
    expect(problems({ ant: "b", bee: "é", cat: "b" }, "images")).toEqual([
      ["bee", "A key is a letter from A to Z, or a digit."],
      ["cat", "B is the key of “ant” already."],
    ]);
  });

  test("are no command's of the kind's page, and those that are free are told", () => {
    expect(problems({ ant: "p", bee: "b" }, "masks")).toEqual([
      ["ant", "P is “Polygon” on the labeling page. Free letters: A G R T U X."],
      ["bee", "B is “Brush” on the labeling page. Free letters: A G R T U X."],
    ]);
    expect(problems({ ant: "p", bee: "b" }, "texts")).toEqual([]);
  });

  test("are typed over the one that was there", () => {
    expect([typedKey("B", null), typedKey("bC", "b"), typedKey("cb", "b"), typedKey("b", "b"), typedKey(" ", "b"), typedKey("bb", "b")]).toEqual(["b", "c", "c", "b", null, "b"]);
  });
});
