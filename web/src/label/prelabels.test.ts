import { afterEach, describe, expect, test } from "vitest";
import type { Answer, Task, TaskItem } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { taskOf, until } from "../testing/fakeServer";
import { key, newSession } from "../testing/newSession";
import { hintOf } from "./hint";
import type { KeyPress } from "./keys";
import type { Layout } from "./layout";
import { documentNow } from "./marks/document";
import type { Marking } from "./marks/marking";
import { isAccepting, moveTo, pageOf, unseenFrom } from "./page";
import { typeText } from "./pageType";
import { regionMarking } from "./regions/marking";
import { toggleAt } from "./select";
import type { LabelingSession } from "./session";
import { spanMarking } from "./spans/marking";

const SEEN = 360;
const open: LabelingSession[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.stop();
});

/** The task as the server gives it out when a model, or a file, has said something of each item. */
const said = (more: Partial<TaskItem>, type: Task["type"] = "prelabeled") => (task: Task): Task => ({ ...task, type, items: task.items.map((item) => ({ ...item, ...more })) });
const ants = said({ prelabel: { labels: ["ant"] }, confidence: 0.97, trusted: true });
const alike = said({}, "clustered");
const nine = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

async function start(options: { suggests: (task: Task) => Task; layout?: Layout; kind?: "image_multilabel" }) {
  const made = newSession({ layout: 9, items: 18, ...options });
  const { session } = made;
  open.push(session);
  session.start();
  const page = () => session.state.get().pages[0];
  await until(() => session.state.get().pages.length === 2);
  const press = (name: string, more: Partial<KeyPress> = {}) => session.press(key(name, more));
  const labels = () => Object.values(page()?.drafts ?? {}).map((draft) => draft.labels.join("+"));
  const look = () => new Promise((resolve) => setTimeout(resolve, SEEN));
  return { ...made, page, press, labels, look };
}

describe("a page of suggested labels", () => {
  test("is accepted by one key, whatever its size", async () => {
    const { press, server, look } = await start({ suggests: ants });
    await look();
    press("Enter");
    await until(() => server.submissions.length === 1);
    expect(server.said()).toEqual(Array.from({ length: 9 }, (_, index) => [`i${index}`, "ant"]));
  });

  test("is not accepted before anybody can have looked, as by a key that was hit twice", async () => {
    const { press, page, look, server } = await start({ suggests: ants });
    await look();
    press("Enter");
    press("Enter");
    expect(page()?.task.id).toBe("t1");
    await look();
    press("Enter");
    await until(() => server.submissions.length === 2);
  });

  test("is corrected by going there and a label key, and submitted by the same key", async () => {
    const { press, labels, server } = await start({ suggests: ants });
    press("ArrowDown");
    press("3");
    expect(labels().filter((label) => label === "cat")).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, SEEN));
    press("Enter");
    await until(() => server.submissions.length === 1);
    expect(server.said().filter(([, label]) => label !== "ant")).toEqual([["i3", "cat"]]);
  });

  test("comes back with its suggestions when it is taken back", async () => {
    const { press, page, look, outbox } = await start({ suggests: ants });
    const before = page();
    await look();
    press("Enter");
    await until(() => outbox.state.get().saved === 1);
    press("Backspace");
    await until(() => page()?.task.items[0]?.id === "i0");
    expect(page()?.drafts).toEqual(before?.drafts);
    expect(page()?.task).toMatchObject({ type: "prelabeled", items: before?.task.items.map(({ id }) => ({ id, confidence: 0.97, trusted: true })) });
  });

  test("is not accepted with parts that a smaller layout has not shown yet", async () => {
    const { session, press, page, look, server } = await start({ suggests: ants });
    session.setLayout(4);
    for (const cursor of [4, 8]) {
      await look();
      press("Enter");
      expect(page()?.cursor).toBe(cursor);
      expect(server.submissions).toEqual([]);
    }
    await look();
    press("Enter");
    await until(() => server.said().length === 9);
  });

  test("several labels are toggled one by one", async () => {
    const { press, labels } = await start({ suggests: said({ prelabel: { labels: ["ant", "cat"] } }), kind: "image_multilabel" });
    press("2");
    press("3");
    expect(labels()[0]).toBe("ant+bee");
    expect(labels()[1]).toBe("ant+cat");
  });
});

describe("a page of items that look alike", () => {
  test("is labeled by one key", async () => {
    const { press, labels, server } = await start({ suggests: alike });
    press("2");
    expect(labels()).toEqual(Array(9).fill("bee"));
    press("Enter");
    await until(() => server.said().length === 9);
  });

  test("leaves out what was clicked, which comes next", async () => {
    const { session, press, labels, page } = await start({ suggests: alike });
    session.change((shown) => toggleAt(shown, 4));
    press("2");
    expect(labels()).toEqual(Array(8).fill("bee"));
    expect(page()?.cursor).toBe(4);
    press("5");
    expect(page()?.drafts.i4?.labels).toEqual(["elk"]);
  });

  test("with suggestions is accepted as it stands, or labeled with A and one key", async () => {
    const { press, labels, page } = await start({ suggests: (task) => ({ ...ants(task), type: "clustered" }) });
    expect(page()?.selected.size).toBe(0);
    press("a");
    press("2");
    expect(labels()).toEqual(Array(9).fill("bee"));
  });

  test("never labels what a smaller layout does not show", async () => {
    const { session, press, labels } = await start({ suggests: alike });
    session.setLayout(4);
    press("2");
    expect(labels()).toEqual(["bee"]);
  });
});

const BOXES: Answer = { boxes: ["ant", "bee", "cat", "dog"].map((label, index) => ({ label, x: 20 * index, y: 5, width: 10, height: 10 })) };
const SPANS: Answer = { spans: ["ant", "bee", "cat", "dog"].map((label, index) => ({ label, start: 4 * index, end: 4 * index + 3 })) };
const unsureMiddle = { trusted: false, confidence: 0.6, confidences: [0.99, 0.4, 0.5, 0.98], unsure: [1, 2] };

async function marked(marking: Marking, prelabel: Answer, more: Partial<TaskItem> = unsureMiddle) {
  const [kind, text] = marking === spanMarking ? (["text_ner", "one two six ten"] as const) : (["object_detection", null] as const);
  const made = newSession({ layout: 1, items: 3, kind, marking, suggests: said({ prelabel, text, ...more }) });
  const { session } = made;
  open.push(session);
  let sees = true;
  const no = () => false;
  session.attach({ finish: no, cancel: no, back: no, run: () => undefined, seen: () => sees });
  session.start();
  await until(() => session.state.get().pages.length > 0 && (text !== null || session.host.size() !== null));
  const press = (name: string, modifiers: Partial<KeyPress> = {}) => session.press(key(name, modifiers));
  const marks = () => documentNow(session.state.get()).marks;
  const unsure = () => marks().filter(({ suggested }) => suggested?.trusted === false).map(({ label }) => label);
  const selected = () => marks().filter(({ id }) => session.state.get().marking.selected.has(id)).map(({ label }) => label);
  return { ...made, press, marks, unsure, selected, blind: () => (sees = false), look: () => (sees = true) };
}

describe.each([["boxes", regionMarking("boxes"), BOXES], ["spans", spanMarking, SPANS]] as const)("suggested %s", (_, marking, prelabel) => {
  test("that are unsure are visited one after the other, round and round", async () => {
    const { press, selected } = await marked(marking, prelabel);
    const visited = [{}, {}, {}, { shiftKey: true }].map((modifiers) => {
      press("q", modifiers);
      return selected();
    });
    expect(visited).toEqual([["bee"], ["cat"], ["bee"], ["cat"]]);
  });

  test("become a person's by one key, which goes on to the next", async () => {
    const { press, unsure, selected, marks, session } = await marked(marking, prelabel);
    press("o");
    expect([unsure(), selected()]).toEqual([["bee", "cat"], ["bee"]]);
    press("o");
    expect([unsure(), selected()]).toEqual([["cat"], ["cat"]]);
    press("o");
    expect([unsure(), selected()]).toEqual([[], ["cat"]]);
    press("q");
    expect(session.state.get().notice?.text).toBe("Nothing here is unsure.");
    press("z");
    expect(unsure()).toEqual(["cat"]);
    expect(marks()).toHaveLength(4);
  });

  test("are removed, and relabeled", async () => {
    const { press, marks, unsure } = await marked(marking, prelabel);
    press("q");
    press("Delete");
    press("q");
    press("1");
    expect(marks().map(({ label }) => label)).toEqual(["ant", "ant", "dog"]);
    expect(unsure()).toEqual([]);
  });

  test("are submitted as they are seen, unsure ones too, once somebody has looked", async () => {
    const { press, server, blind, look } = await marked(marking, prelabel);
    blind();
    press("Enter");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.submissions).toEqual([]);
    look();
    press("Enter");
    await until(() => server.submissions.length === 1);
    expect(server.submissions[0]?.answers[0]?.answer).toEqual(prelabel);
  });
});

test("a box that is moved is a person's", async () => {
  const { press, unsure, marks } = await marked(regionMarking("boxes"), BOXES);
  press("q");
  press("ArrowRight");
  expect(unsure()).toEqual(["cat"]);
  expect(marks()[1]).not.toHaveProperty("suggested");
});

test("where nobody vouches, every suggestion is one to look at", async () => {
  const { press, selected } = await marked(regionMarking("boxes"), BOXES, { trusted: null });
  press("q");
  expect(selected()).toEqual(["ant"]);
});

test("submitting is accepting as long as nobody has changed a thing", () => {
  const page = pageOf(ants(taskOf("t", nine)));
  expect(isAccepting(page)).toBe(true);
  expect(isAccepting({ ...page, drafts: { ...page.drafts, c: { labels: ["ant"], skipped: null } } })).toBe(false);
  expect(isAccepting(pageOf(taskOf("t", nine)))).toBe(false);
  const empty = said({ prelabel: { boxes: [] } })(taskOf("t", ["a"]));
  expect(isAccepting(pageOf(empty, regionMarking("boxes")))).toBe(true);
  expect(isAccepting(pageOf(taskOf("t", ["a"]), regionMarking("boxes")))).toBe(false);
});

test("the parts after the one on screen have not been seen", () => {
  const page = pageOf(ants(taskOf("t", nine)));
  expect([unseenFrom(page, 9), unseenFrom(page, 4), unseenFrom(moveTo(page, 5), 4), unseenFrom(moveTo(page, 8), 4)]).toEqual([null, 4, 8, null]);
  expect(unseenFrom(pageOf(taskOf("t", nine)), 4)).toBeNull();
});

describe("a page in words", () => {
  const image = kindOf("image_multiclass");
  const of = (suggests: (task: Task) => Task, kind = image) => typeText(suggests(taskOf("t", ["a", "b"])), kind);

  test("says what has been done already", () => {
    expect(of((task) => task)).toBeNull();
    expect(of(ants)).toBe("Trusted suggestions");
    expect(of(said({ prelabel: { labels: ["ant"] }, trusted: false }))).toBe("Unsure suggestions");
    expect(of(said({ prelabel: { labels: ["ant"] } }))).toBe("Suggestions");
    const boxes = (more: Partial<TaskItem>) => of(said({ prelabel: { boxes: [] }, ...more }), kindOf("object_detection"));
    expect(boxes({ trusted: false, unsure: [1] })).toBe("Suggestions, some unsure");
    expect(boxes({ trusted: false, unsure: [] })).toBe("Suggestions, maybe not all");
    expect(of(alike, kindOf("text_multiclass"))).toBe("Texts that look alike");
    expect(of((task) => ({ ...ants(task), type: "clustered" }))).toBe("Images that look alike: trusted suggestions");
  });

  test("has a line of help for each way of working", () => {
    const both = (task: Task): Task => ({ ...ants(task), type: "clustered" });
    const names = [alike, ants, both, (task: Task) => task].map((suggests) => hintOf(suggests(taskOf("t", ["a"])), image)?.[0]);
    expect(names).toEqual(["alike", "labels", "both", undefined]);
    expect(hintOf(ants(taskOf("t", ["a"])), kindOf("text_ner"))?.[0]).toBe("marks");
  });
});
