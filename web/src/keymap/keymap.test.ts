import { beforeEach, describe, expect, test } from "vitest";
import { commandFor as labelingCommand } from "../label/keys";
import { regionCommand } from "../label/regions/keys";
import { spanCommand } from "../label/spans/keys";
import { doubtCommand } from "../doubts/keys";
import { reviewCommand } from "../review/keys";
import { pictureCommand } from "../review/pictureKeys";
import { key } from "../testing/newSession";
import { keysIn, type KeyPress } from "./chord";
import { changeKeys, changeLetter, clashesIn, give, givesUp, holdersOf, isKept, resetKeys } from "./edit";
import { FACES } from "./faces";
import { changes, keysOf, lookUp } from "./keymap";
import { LabelKeys } from "./labelKeys";
import { groupsOf, labelRows } from "./rows";
import { commandsIn, defaultKeys, MODES, type CommandId, type Mode } from "./table";
import { ariaKeys, keyText } from "./text";

const modes = Object.keys(MODES) as Mode[];
const sources = import.meta.glob<string>("../**/*.tsx", { query: "?raw", import: "default", eager: true });
const carried = new Set(Object.values(sources).flatMap((source) => [...source.matchAll(/(?:useKeyed\(|id=)"(\w+\.\w+)"/g)].map(([, id]) => id)));

/** The press that a chord names. */
function pressOf(chord: string): KeyPress {
  const name = keysIn(chord).at(-1) ?? "";
  const held = keysIn(chord).slice(0, -1);
  const letter = /^[A-Z]$/.test(name) && !held.includes("Shift") ? name.toLowerCase() : name;
  return key(name === "Space" ? " " : letter, { shiftKey: held.includes("Shift"), ctrlKey: held.includes("Ctrl"), altKey: held.includes("Alt") });
}

/** What a press does in a mode, as the page of the mode asks. */
function doneBy(press: KeyPress, mode: Mode): object | null {
  if (mode === "review" || mode === "item") return reviewCommand(press, mode === "item") ?? pictureCommand(press);
  if (mode === "doubts") return doubtCommand(press) ?? pictureCommand(press);
  const marking = mode === "spans" ? spanCommand : mode === "images" || mode === "texts" ? undefined : regionCommand;
  return labelingCommand(press, { mode, overlay: null, labels: new Map(), pageIsFresh: true, ...(marking && { marking }) });
}

beforeEach(() => {
  localStorage.clear();
  resetKeys();
});

describe("the table", () => {
  test.each(modes)("no two commands of %s share a key", (mode) => {
    const chords = commandsIn(mode).flatMap((id) => defaultKeys(id).split(" "));
    expect(chords.filter((chord, index) => chords.indexOf(chord) !== index)).toEqual([]);
  });

  test.each(modes)("every command of %s is found by its keys, and does something or has a control that does", (mode) => {
    const idle = (id: CommandId) => defaultKeys(id).split(" ").some((chord) => lookUp(pressOf(chord), mode) !== id || (doneBy(pressOf(chord), mode) === null && !carried.has(id)));
    // In an open item and among doubts there is nothing above or below.
    const none = mode === "item" || mode === "doubts" ? ["moves.up", "moves.down"] : [];
    expect(commandsIn(mode).filter(idle)).toEqual(none);
  });

  test("only keys that can be chosen are in it, but for those that nobody else can have", () => {
    const kept = modes.flatMap(commandsIn).filter((id) => keysOf(id).some(isKept));
    expect([...new Set(kept)].filter((id) => givesUp({ command: id }, ""))).toEqual([]);
  });

  test.each(modes)("all of %s is listed", (mode) => {
    const listed = groupsOf([mode], "image").flatMap(({ rows }) => rows.flatMap(({ keys }) => keys));
    expect(listed).toEqual(expect.arrayContaining(commandsIn(mode).flatMap(keysOf).map(keyText)));
  });
});

describe("a changed key", () => {
  test("is the command's only one, and kept", () => {
    changeKeys("page.skip", "B");
    expect([lookUp(key("b"), "images"), lookUp(key("s"), "images")]).toEqual(["page.skip", null]);
    expect(JSON.parse(localStorage.getItem("tagwerk.keys") ?? "")).toEqual({ "page.skip": "B" });
  });

  test("goes back to the table's", () => {
    changeKeys("page.skip", "B");
    changeKeys("page.skip", null);
    expect([keysOf("page.skip"), changes.get()]).toEqual([["S"], {}]);
    changeKeys("page.skip", "B");
    resetKeys();
    expect(lookUp(key("s"), "images")).toBe("page.skip");
  });

  test("wins where a later version has given it to another command", () => {
    changeKeys("page.skip", "R");
    expect([lookUp(key("r"), "boxes"), lookUp(key("r"), "images")]).toEqual(["page.skip", "page.skip"]);
    expect(clashesIn("boxes", null)).toEqual([{ chord: "R", holders: [{ command: "page.skip" }, { command: "boxes.box" }] }]);
    expect(clashesIn("images", null)).toEqual([]);
  });

  test("with Shift means more of the same, unless it is another command's", () => {
    expect([lookUp(key("Enter", { shiftKey: true }), "images"), lookUp(key("Q", { shiftKey: true }), "spans")]).toEqual(["page.submit", "marks.unsureBefore"]);
    changeKeys("page.theme", "Shift+Enter");
    expect(lookUp(key("Enter", { shiftKey: true }), "images")).toBe("page.theme");
  });
});

describe("conflicts", () => {
  test("are found in every mode in which the command means something", () => {
    expect(holdersOf("R", { command: "answer.undo" }, "images", null)).toEqual([{ command: "boxes.box" }]);
    expect(holdersOf("R", { command: "grid.layout" }, "images", null)).toEqual([]);
    expect(holdersOf("Z", { command: "answer.undo" }, "images", null)).toEqual([]);
  });

  test("end with the key at one command, which others lose", () => {
    give({ command: "marks.names" }, "Y", holdersOf("Y", { command: "marks.names" }, "boxes", null), null);
    expect([keysOf("marks.names"), keysOf("marks.redo")]).toEqual([["Y"], ["Ctrl+Y", "Shift+Z", "Ctrl+Shift+Z"]]);
    expect(clashesIn("boxes", null)).toEqual([]);
  });

  test("leave Esc and the hand alone, and labels their digits", () => {
    expect([givesUp({ command: "answer.letGo" }, "Escape"), givesUp({ command: "regions.pan" }, "Space"), givesUp({ label: "ant" }, "2"), givesUp({ label: "ant" }, "B")]).toEqual([false, false, false, true]);
    expect([isKept("Escape"), isKept("Shift+Tab"), isKept("Ctrl+W"), isKept("F5"), isKept("Ctrl+D"), isKept("F")]).toEqual([true, true, true, true, false, false]);
  });
});

describe("letters of labels", () => {
  const keyed = (paths: readonly string[]) => paths.map((path) => ({ path, key: null }));
  const labelKeys = () => new LabelKeys("p", keyed(["ant", "bee", "cat"]), "images");

  test("stand beside the digits, and are kept for their project", () => {
    changeLetter(labelKeys(), "bee", "B");
    const keys = labelKeys();
    expect([keys.get("B"), keys.get("2"), keys.keyOf("bee"), keys.keyOf("cat")]).toEqual(["bee", "bee", "B", "3"]);
    expect(new LabelKeys("q", keyed(["bee"]), "images").get("B")).toBeUndefined();
  });

  test("label before they are anything else, and conflicts are told", () => {
    const labels = labelKeys();
    changeLetter(labels, "cat", "S");
    expect(labelingCommand(key("s"), { mode: "images", overlay: null, labels, pageIsFresh: true })).toEqual({ do: "label", label: "cat" });
    expect(clashesIn("images", labels)).toEqual([{ chord: "S", holders: [{ label: "cat" }, { command: "page.skip" }] }]);
  });

  test("are taken from commands and from other labels", () => {
    const labels = labelKeys();
    give({ label: "ant" }, "S", holdersOf("S", { label: "ant" }, "images", labels), labels);
    expect([keysOf("page.skip"), labels.get("S")]).toEqual([[], "ant"]);
    give({ label: "bee" }, "S", holdersOf("S", { label: "bee" }, "images", labels), labels);
    expect([labels.get("S"), labels.keyOf("ant")]).toEqual(["bee", "1"]);
    expect(holdersOf("2", { command: "grid.layout" }, "images", labels)).toEqual([{ label: "bee" }]);
  });

  test("are forgotten where what is stored is no longer understood", () => {
    localStorage.setItem("tagwerk.keys.p", "[1]");
    expect(labelKeys().keyOf("ant")).toBe("1");
  });

  test("are listed one by one, behind the digits that there are", () => {
    const many = (count: number) => labelRows(new LabelKeys("q", keyed(Array.from({ length: count }, (_, index) => `label ${index}`)), "images"), "Label").map(({ keys }) => keys);
    expect([many(0), many(1), many(3), many(11)]).toEqual([[], [["1"]], [["1 – 3"]], [["1 – 0, ⇧1 – ⇧0"]]]);
    const labels = new LabelKeys("p", [{ path: "ant", key: "3" }, { path: "bee", key: null }, { path: "cat", key: null }], "images");
    changeLetter(labels, "cat", "Shift+C");
    expect(labelRows(labels, "Label")).toEqual([{ keys: ["1 – 3"], what: "Label" }, { keys: ["⇧C"], what: "cat" }]);
  });
});

describe("an owner's key", () => {
  const owned = () => new LabelKeys("p", [{ path: "ant", key: null }, { path: "bee", key: "b" }, { path: "cat", key: "7" }], "images");

  test("is the label's for everybody, beside its digit unless it is one", () => {
    const keys = owned();
    expect([keys.get("B"), keys.keyOf("bee"), keys.get("2"), keys.get("7"), keys.keyOf("cat"), keys.get("3"), keys.keyOf("ant")]).toEqual(["bee", "B", "bee", "cat", "7", undefined, "1"]);
  });

  test("gives way to the label's own letter in this browser, until that is taken back", () => {
    const keys = owned();
    changeLetter(keys, "bee", "X");
    expect([keys.get("X"), keys.get("B"), keys.keyOf("bee")]).toEqual(["bee", undefined, "X"]);
    changeLetter(keys, "bee", null);
    expect([keys.get("X"), keys.get("B")]).toEqual([undefined, "bee"]);
  });

  test("gives way to another label that somebody gave the key", () => {
    const keys = owned();
    expect(holdersOf("B", { label: "ant" }, "images", keys)).toEqual([{ label: "bee" }]);
    give({ label: "ant" }, "B", holdersOf("B", { label: "ant" }, "images", keys), keys);
    expect([keys.get("B"), keys.keyOf("bee"), keys.get("2")]).toEqual(["ant", "2", "bee"]);
  });

  test("gives way to a command that has the key, chosen or not", () => {
    const keys = owned();
    const taken = holdersOf("B", { command: "grid.enlarge" }, "images", keys);
    give({ command: "grid.enlarge" }, "B", taken, keys);
    expect([taken, keys.get("B"), keys.keyOf("bee"), clashesIn("images", keys)]).toEqual([[{ label: "bee" }], undefined, "2", []]);
    changeKeys("grid.enlarge", null);
    expect(keys.get("B")).toBe("bee");
    expect(new LabelKeys("p", [{ path: "scratch", key: "s" }], "images").get("S")).toBeUndefined();
    expect(new LabelKeys("p", [{ path: "box", key: "r" }], "images").get("R")).toBe("box");
  });
});

test("keys are shown as they stand on the keyboard, and told to screen readers by their names", () => {
  expect(["ArrowLeft", "Shift+Q", "Ctrl+C", "+", "-", "Ctrl+Shift+Z"].map(keyText)).toEqual(["←", "⇧Q", "Ctrl C", "+", "−", "Ctrl ⇧Z"]);
  expect(ariaKeys(["Z", "Ctrl+Z", "+"])).toBe("Z Control+Z Plus");
});

test("every command has a face", () => {
  expect(Object.keys(FACES).toSorted()).toEqual([...new Set(modes.flatMap(commandsIn))].toSorted());
});
