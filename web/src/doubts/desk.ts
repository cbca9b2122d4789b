import type { Answer, Doubt, Item } from "../api/types";
import { ACTIONS } from "../review/actions";
import type { ReviewSession } from "../review/session";
import { createStore } from "../ui/store";
import type { DoubtCommand } from "./keys";
import { t } from "../words/words";

/** What was decided of an item here, and what had stood before. */
interface Decision {
  readonly item: string;
  readonly was: Answer;
  /** What stands since; null where the answer was kept. */
  readonly said: Answer | null;
}

interface Doubts {
  doubtOf(item: string): Doubt | undefined;
}

const same = (one: Answer | null | undefined, other: Answer) => JSON.stringify(one) === JSON.stringify(other);

/** Somebody at work on doubtful answers, one after the other. Every decision is saved at once, and can be taken back. */
export class DoubtDesk {
  readonly decided = createStore<readonly Decision[]>([]);

  constructor(private readonly session: ReviewSession, private readonly doubts: Doubts) {}

  run(command: DoubtCommand): void {
    switch (command.do) {
      case "keep":
        return this.keep();
      case "take":
        return this.take();
      case "edit":
        return this.session.run({ do: "correct" });
      case "undo":
        return this.undo();
      case "keys":
        return this.session.run({ do: "keys" });
      case "step":
        return this.session.run(command);
    }
  }

  /** A correction of the item has been saved: it counts as decided. */
  corrected(item: string): void {
    const was = this.doubts.doubtOf(item)?.item.annotation?.answer;
    const said = this.session.find(item)?.annotation?.answer;
    if (was != null && said != null) this.note({ item, was, said });
    this.session.run({ do: "step", by: 1 });
  }

  private keep(): void {
    const [item] = this.session.targets();
    const was = item?.annotation?.answer;
    if (item === undefined) return;
    const able = this.session.may("approve");
    if (!able) this.session.say(t("Your role cannot approve, so this is not saved. On to the next."), "info");
    if (!able || was == null || !ACTIONS.approve.fits(item)) return this.session.run({ do: "step", by: 1 });
    this.note({ item: item.id, was, said: null });
    this.session.run({ do: "act", action: "approve" });
  }

  private take(): void {
    const [item] = this.session.targets();
    const suggested = item && this.doubts.doubtOf(item.id)?.suggested;
    const was = item?.annotation?.answer;
    if (item === undefined || suggested === undefined) return;
    if (!this.session.may("correct")) return this.session.say(t("Your role cannot correct answers."), "warning");
    if (was == null) return this.session.say(t("The answer does not stand any more."), "warning");
    this.note({ item: item.id, was, said: suggested });
    this.session.settle(item.id, suggested);
  }

  /** Takes the last decision back, unless somebody has changed the item since, and goes to it. */
  private undo(): void {
    const last = this.decided.get().at(-1);
    if (last === undefined) return this.session.say(t("There is nothing to take back."), "info");
    this.decided.set(this.decided.get().slice(0, -1));
    this.session.focus(last.item);
    const item = this.session.find(last.item);
    if (item === undefined || !stands(item, last)) return this.session.say(t("It is not as you left it: somebody has changed it since."), "warning");
    if (last.said === null) this.session.run({ do: "act", action: "unapprove" });
    else this.session.settle(last.item, last.was);
    this.session.focus(last.item);
  }

  private note(decision: Decision): void {
    this.decided.set([...this.decided.get(), decision]);
  }
}

/** Whether an item is as the decision left it. */
function stands({ annotation }: Item, { said }: Decision): boolean {
  return said === null ? annotation?.approved === true : same(annotation?.answer, said);
}
