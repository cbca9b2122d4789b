import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adding, applied, commit, documentOf, inTurn, inverse, redo, removing, reordering, replacing, undo, type ChangeSet, type Document } from "./document";

interface Dot {
  readonly id: string;
  readonly value: number;
}

const dot = (id: string, value = 0): Dot => ({ id, value });
const three = () => documentOf([dot("1"), dot("2"), dot("3")]);
const ids = ({ marks }: Document<Dot>) => marks.map(({ id }) => id).join("");

/** One of all the things a person can do to a document of dots. */
const actions = fc.array(fc.record({ what: fc.constantFrom("add", "remove", "change", "order", "undo", "redo"), which: fc.nat(7), value: fc.integer() }), { maxLength: 40 });

function setFor(document: Document<Dot>, { what, which, value }: { what: string; which: number; value: number }): ChangeSet<Dot> {
  const target = document.marks[which % Math.max(1, document.marks.length)];
  if (what === "add" || target === undefined) return adding(document, [dot(String(document.next), value)]);
  if (what === "remove") return removing(document, new Set([target.id, String(which)]));
  if (what === "order") return reordering(document, target.id, value % 5);
  return replacing(document, [{ ...target, value }], "nudge");
}

const acted = (document: Document<Dot>, action: Parameters<typeof setFor>[1]) =>
  action.what === "undo" ? undo(document) : action.what === "redo" ? redo(document) : commit(document, setFor(document, action));

describe("undo", () => {
  test("gives every step back in turn, whatever was done", () => {
    fc.assert(
      fc.property(actions, (all) => {
        let document = three();
        const seen: (readonly Dot[])[] = [];
        for (const action of all.filter(({ what }) => what !== "undo" && what !== "redo")) {
          const next = acted(document, action);
          if (next.done.length > document.done.length) seen.push(document.marks);
          document = next;
        }
        for (const before of seen.toReversed()) {
          document = undo(document);
          expect(document.marks).toEqual(before);
        }
        expect(ids(document)).toBe("123");
      }),
    );
  });

  test("and redo are each other's opposite", () => {
    fc.assert(
      fc.property(actions, (all) => {
        const document = all.reduce(acted, three());
        if (document.done.length > 0) expect(redo(undo(document))).toEqual(document);
        if (document.undone.length > 0) expect(undo(redo(document))).toEqual(document);
      }),
    );
  });

  test("an inverse applied twice changes nothing, and ids are never given twice", () => {
    fc.assert(
      fc.property(actions, fc.constantFrom("add", "remove", "change", "order"), (all, what) => {
        const document = all.reduce(acted, three());
        const set = setFor(document, { what, which: 1, value: 2 });
        expect(applied(applied(document.marks, set), inverse(set))).toEqual(document.marks);
        expect(new Set(document.marks.map(({ id }) => id)).size).toBe(document.marks.length);
      }),
    );
  });

  test("a new step forgets what was undone", () => {
    const first = commit(three(), adding(three(), [dot("4")]));
    const other = commit(undo(first), removing(undo(first), new Set(["1"])));
    expect(redo(other)).toBe(other);
  });
});

test("a nudge of many key presses is undone in one go", () => {
  const nudged = [1, 2, 3].reduce((document, value) => commit(document, replacing(document, [dot("2", value)], "nudge")), three());
  expect(nudged.done).toHaveLength(1);
  expect(nudged.marks[1]?.value).toBe(3);
  expect(undo(nudged).marks[1]?.value).toBe(0);
});

test("several sets together are one step", () => {
  const document = three();
  const changed = commit(document, inTurn(document, (now) => removing(now, new Set(["1"])), (now) => replacing(now, [dot("2", 9)]), (now) => adding(now, [dot("4")])));
  expect(ids(changed)).toBe("234");
  expect(changed.marks[0]?.value).toBe(9);
  expect(ids(undo(changed))).toBe("123");
});

test("the order of drawing changes and comes back", () => {
  const raised = commit(three(), reordering(three(), "1", 99));
  expect(ids(raised)).toBe("231");
  expect(ids(undo(raised))).toBe("123");
});

test("a set that changes nothing is no step", () => {
  const document = three();
  expect(commit(document, replacing(document, document.marks))).toBe(document);
});
