import { keyName } from "../keymap/Key";
import type { Kind } from "../kinds/kinds";
import { isPrelabeled, type Typed } from "./pageType";
import { t } from "../words/words";

/** How such a page is done quickly: a name to remember it by, and a line. Null of a plain one. */
export function hintOf(task: Typed, { item, marks }: Kind): readonly [name: string, text: string] | null {
  if (task.type === "manual") return null;
  if (marks !== null) return ["marks", t("What is marked here is suggested. {next} goes to the next unsure one, {keep} keeps it, {remove} removes it. {submit} accepts what you see.", { next: keyName("marks.unsure"), keep: keyName("marks.keep"), remove: keyName("answer.remove"), submit: keyName("page.submit") })];
  if (isPrelabeled(task) && task.type === "clustered") return ["both", t("These {item}s look alike and have suggested labels. {submit} accepts them as they are; {all} and a label key give all of them another.", { item, submit: keyName("page.submit"), all: keyName("grid.all") })];
  if (isPrelabeled(task)) return ["labels", t("Each {item} has a suggested label. Where one is wrong, go there and press the right label's key. {submit} accepts the page.", { item, submit: keyName("page.submit") })];
  return ["alike", t("These {item}s look alike, and all are selected: one label key labels them all. Click those that differ first, or correct them afterwards.", { item })];
}
