import type { Item, ItemStatus, ReviewAction } from "../api/types";
import type { May, Right } from "../projects/rights";
import { t } from "../words/words";

const ANSWERED: readonly ItemStatus[] = ["labeled", "skipped", "needs_review"];

interface ActionFacts {
  readonly needs: Right;
  readonly title: string;
  readonly done: string;
  readonly fits: (item: Item) => boolean;
  /** The item as it will be, as far as it shows. */
  readonly after: (item: Item, to: string | null) => Item;
}

const approval = (item: Item, approved: boolean): Item => (item.annotation === null ? item : { ...item, annotation: { ...item.annotation, approved } });
const hasAnswer = ({ annotation }: Item) => annotation?.answer != null;
const back = (item: Item, to: string | null): Item => ({ ...item, status: "pending", annotation: null, reserved_for: to });

export const ACTIONS: Readonly<Record<ReviewAction, ActionFacts>> = {
  approve: {
    needs: "approve", title: t("Approve"), done: t("Approved"),
    fits: (item) => hasAnswer(item) && item.annotation?.approved !== true,
    after: (item) => approval(item, true),
  },
  unapprove: {
    needs: "approve", title: t("Take approval back"), done: t("Took approval back from"),
    fits: (item) => item.annotation?.approved === true,
    after: (item) => approval(item, false),
  },
  reject: {
    needs: "reject", title: t("Reject"), done: t("Rejected"),
    fits: (item) => ANSWERED.includes(item.status) && !item.gold,
    after: back,
  },
  accept_skip: {
    needs: "reject", title: t("Accept skip"), done: t("Took out of the project:"),
    fits: ({ status }) => status === "skipped",
    after: (item) => ({ ...item, status: "removed" }),
  },
  reject_skip: {
    needs: "reject", title: t("Reject skip"), done: t("Put back:"),
    fits: ({ status }) => status === "skipped" || status === "removed",
    after: back,
  },
  assign: {
    needs: "assign", title: t("Hand to"), done: t("Handed out"),
    fits: ({ status }) => status === "pending" || status === "needs_review",
    after: (item, to) => ({ ...item, reserved_for: to }),
  },
  mark_gold: {
    needs: "mark_gold", title: t("Make gold"), done: t("Made gold:"),
    fits: (item) => hasAnswer(item) && !item.gold,
    after: (item) => ({ ...approval(item, false), gold: true }),
  },
  unmark_gold: {
    needs: "mark_gold", title: t("Not gold"), done: t("No longer gold:"),
    fits: ({ gold }) => gold,
    after: (item) => ({ ...item, gold: false }),
  },
};

/** Of two opposite actions the one that would do something: the first wherever it fits. */
export function eitherOf(one: ReviewAction, other: ReviewAction, items: readonly Item[]): ReviewAction {
  return !items.some(ACTIONS[one].fits) && items.some(ACTIONS[other].fits) ? other : one;
}

/** Rejecting what was skipped puts it back, as rejecting an answer does. */
export function rejectionOf(items: readonly Item[]): ReviewAction {
  return items.length > 0 && items.every(ACTIONS.reject_skip.fits) ? "reject_skip" : "reject";
}

export function isAllowed(action: ReviewAction, may: May): boolean {
  return may(ACTIONS[action].needs);
}
