import { describe, expect, test } from "vitest";
import { parseLabels } from "./parse";
import { flatten } from "./tree";

const paths = (text: string) => flatten(parseLabels(text).tree).map((label) => label.path);

describe("parseLabels", () => {
  test("takes one label per line and forgets empty lines", () => {
    expect(paths("cat\n\n  \ndog\r\nowl")).toEqual(["cat", "dog", "owl"]);
  });

  test.each([
    ["commas", "cat, dog,owl"],
    ["semicolons", "cat;dog; owl"],
    ["tabs", "cat\tdog\towl"],
  ])("takes a list parted by %s", (_name, text) => {
    expect(paths(text)).toEqual(["cat", "dog", "owl"]);
  });

  test("puts indented lines under the line above", () => {
    expect(paths("Animal\n  Cat\n  Bird\n    Owl\nCar")).toEqual(["Animal", "Animal/Cat", "Animal/Bird", "Animal/Bird/Owl", "Car"]);
  });

  test("counts a tab as an indentation", () => {
    expect(paths("Animal\n\tCat\n\t\tLynx")).toEqual(["Animal", "Animal/Cat", "Animal/Cat/Lynx"]);
  });

  test("makes the parents that a path names", () => {
    expect(paths("Animal/Cat\nAnimal/Dog")).toEqual(["Animal", "Animal/Cat", "Animal/Dog"]);
  });

  test("says which label appears twice, and takes it once", () => {
    const parsed = parseLabels("cat\ndog\ncat");
    expect(parsed.problems).toEqual(['"cat" appears twice.']);
    expect(parsed.count).toBe(2);
  });

  test("accepts six levels and refuses the seventh", () => {
    expect(parseLabels("a/b/c/d/e/f").problems).toEqual([]);
    expect(parseLabels("a/b/c/d/e/f/g").problems).toHaveLength(1);
  });
});
