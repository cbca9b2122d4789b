import { afterEach, describe, expect, test } from "vitest";
import { adding } from "../../canvas/document";
import type { BoxRegion } from "../../canvas/regions";
import { until } from "../../testing/fakeServer";
import { key, newSession, testBrowser, type TestBrowser } from "../../testing/newSession";
import type { KeyPress } from "../keys";
import { committed, documentNow } from "../marks/document";
import type { Surface } from "../marks/marking";
import type { LabelingSession } from "../session";
import { regionMarking } from "./marking";

const open: LabelingSession[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.stop();
});

/** A surface on which a polygon may have been begun, and whose image has been seen. */
class FakeSurface implements Surface {
  begun = false;
  sees = true;

  private end(): boolean {
    const was = this.begun;
    this.begun = false;
    return was;
  }

  finish = () => this.end();
  cancel = () => this.end();
  back = () => this.end();
  run = () => undefined;
  seen = () => this.sees;
}

async function start(options: { browser?: TestBrowser; items?: number } = {}) {
  const made = newSession({ layout: 1, kind: "object_detection", marking: regionMarking("boxes"), ...options });
  const { session } = made;
  const surface = new FakeSurface();
  open.push(session);
  session.attach(surface);
  session.start();
  await until(() => session.state.get().pages.length > 0 && session.host.size() !== null);
  const draw = (x: number, label = session.state.get().marking.label ?? "") => {
    const id = String(documentNow(session.state.get()).next);
    const box: BoxRegion = { shape: "box", id, label, x, y: 20, width: 30, height: 40 };
    session.host.update(committed(session.state.get(), adding(documentNow(session.state.get()), [box])));
    session.host.update({ marking: { ...session.state.get().marking, selected: new Set([id]), drawn: true } });
  };
  const boxes = () => documentNow(session.state.get()).marks.map((mark) => (mark.shape === "box" ? [mark.label, mark.x] : []));
  const press = (name: string, more: Partial<KeyPress> = {}) => session.press(key(name, more));
  return { ...made, surface, draw, boxes, press, marking: () => session.state.get().marking };
}

describe("labels", () => {
  test("a key chooses the label of the next box and leaves the one just drawn", async () => {
    const { draw, boxes, press } = await start();
    draw(1);
    press("2");
    draw(50);
    expect(boxes()).toEqual([["ant", 1], ["bee", 50]]);
  });

  test("a key renames a box that was picked", async () => {
    const { draw, boxes, press } = await start();
    draw(1);
    draw(50);
    press(",");
    press("3");
    expect(boxes()).toEqual([["cat", 1], ["ant", 50]]);
  });

  test("all of a label are renamed at once", async () => {
    const { draw, boxes, press } = await start();
    draw(1);
    draw(50);
    draw(90, "dog");
    press("#");
    expect(boxes()).toHaveLength(3);
    press(",");
    press("#");
    press("2");
    expect(boxes()).toEqual([["bee", 1], ["bee", 50], ["dog", 90]]);
  });
});

describe("undo and delete", () => {
  test("undo takes steps back, redo brings them again", async () => {
    const { draw, boxes, press } = await start();
    draw(1);
    draw(50);
    press("z");
    press("z", { ctrlKey: true });
    expect(boxes()).toEqual([]);
    press("y");
    press("Z", { shiftKey: true });
    expect(boxes()).toHaveLength(2);
  });

  test("what is begun goes first, then what is selected", async () => {
    const { draw, boxes, press, surface } = await start();
    draw(1);
    surface.begun = true;
    press("Delete");
    expect(boxes()).toHaveLength(1);
    press("Delete");
    expect(boxes()).toEqual([]);
  });

  test("Esc lets go of what is begun, then of the selection", async () => {
    const { draw, press, surface, marking } = await start();
    draw(1);
    surface.begun = true;
    press("Escape");
    expect(marking().selected.size).toBe(1);
    press("Escape");
    expect(marking().selected.size).toBe(0);
  });

  test("a skip is undone too, and drawing takes it back", async () => {
    const { draw, press, session } = await start();
    press("s");
    press("2");
    expect(session.state.get().pages[0]?.drafts).toMatchObject({ i0: { skipped: "Nothing to label" } });
    press("z");
    expect(session.state.get().pages[0]?.drafts).toEqual({});
    press("s");
    press("1");
    draw(1);
    expect(session.state.get().pages[0]?.drafts).toEqual({});
  });
});

describe("moving", () => {
  test("arrows nudge what is selected, once undone", async () => {
    const { draw, boxes, press } = await start();
    draw(1);
    for (let held = 0; held < 3; held++) press("ArrowRight", { repeat: true });
    press("ArrowRight", { shiftKey: true });
    expect(boxes()).toEqual([["ant", 14]]);
    press("z");
    expect(boxes()).toEqual([["ant", 1]]);
  });

  test("copies go to the next image", async () => {
    const { draw, boxes, press, session } = await start();
    draw(7);
    press("c", { ctrlKey: true });
    press("Enter");
    await until(() => boxes().length === 0 && session.host.size() !== null);
    press("v", { ctrlKey: true });
    expect(boxes()).toEqual([["ant", 7]]);
  });
});

describe("submitting", () => {
  test("sends the boxes in the API's form, with the image's size", async () => {
    const { draw, press, server } = await start();
    draw(5);
    press("Enter");
    await until(() => server.submissions.length === 1);
    expect(server.submissions[0]?.answers).toMatchObject([{ answer: { boxes: [{ label: "ant", x: 5, y: 20, width: 30, height: 40 }] }, skipped: null, width: 640, height: 480 }]);
  });

  test("closes a polygon that is begun instead", async () => {
    const { press, server, surface, boxes } = await start();
    surface.begun = true;
    press("Enter");
    expect(server.submissions).toEqual([]);
    expect(surface.begun).toBe(false);
    expect(boxes()).toEqual([]);
  });

  test("no boxes are an answer, once the image has been seen", async () => {
    const { press, server, surface } = await start();
    surface.sees = false;
    press("Enter");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.submissions).toEqual([]);
    surface.sees = true;
    press("Enter");
    await until(() => server.submissions.length === 1);
    expect(server.submissions[0]?.answers).toMatchObject([{ answer: { boxes: [] }, skipped: null }]);
  });

  test("the last page comes back with its boxes and nothing to undo", async () => {
    const { draw, press, boxes, session } = await start();
    draw(5);
    press("Enter");
    await until(() => boxes().length === 0);
    press("Backspace");
    await until(() => boxes().length === 1);
    expect(documentNow(session.state.get()).done).toEqual([]);
  });
});

test("a reload keeps the boxes, and what can be undone", async () => {
  const browser = testBrowser();
  const before = await start({ browser });
  before.draw(1);
  before.draw(50);
  before.session.flush();
  const after = await start({ browser });
  await until(() => after.boxes().length === 2);
  expect(after.boxes()).toEqual([["ant", 1], ["ant", 50]]);
  after.press("z");
  expect(after.boxes()).toEqual([["ant", 1]]);
});
