import { use } from "react";
import type { Kind } from "../../kinds/kinds";
import { learn } from "../../words/catalogue";
import type { MarkingView } from "./marking";

const loads = new Map<NonNullable<Kind["marks"]>, Promise<MarkingView>>();

async function load(marks: NonNullable<Kind["marks"]>): Promise<MarkingView> {
  await learn("marks");
  if (marks === "spans") return (await import("../spans")).view;
  return (await import("../regions")).viewOf(marks);
}

/** What the kind's marks need, fetched when the first project of the kind is opened; waits in a Suspense. */
export function useMarkingView(kind: Kind): MarkingView | null {
  const { marks } = kind;
  if (marks === null) return null;
  const pending = loads.get(marks) ?? load(marks);
  loads.set(marks, pending);
  return use(pending);
}
