import { hotkeys } from "../labels/hotkeys";
import { createStore, type Store } from "../ui/store";
import { stored, storedTexts } from "./keymap";

/**
 * The keys of a project's labels: digits in the order of the labels, and letters that somebody chose for them in this
 * browser. A label with a letter keeps its digit.
 */
export class LabelKeys {
  /** Chosen chords by label path. */
  readonly letters: Store<Readonly<Record<string, string>>>;
  private readonly digits: ReadonlyMap<string, string>;
  private readonly byDigit: ReadonlyMap<string, string>;
  private readonly storage: string;

  constructor(project: string, readonly paths: readonly string[]) {
    this.storage = `tagwerk.keys.${project}`;
    this.letters = createStore(storedTexts(this.storage));
    this.digits = hotkeys(paths);
    this.byDigit = new Map([...this.digits].map(([path, digit]) => [digit, path]));
  }

  /** The label that a chord means. */
  get(chord: string): string | undefined {
    return this.paths.find((path) => this.letters.get()[path] === chord) ?? this.byDigit.get(chord);
  }

  /** The key to show beside a label. */
  keyOf(path: string): string | undefined {
    return this.letters.get()[path] ?? this.digits.get(path);
  }

  change(path: string, chord: string | null): void {
    this.letters.set(stored(this.storage, this.letters.get(), path, chord));
  }

  /** The first digit and the last that a label has: "1 – 6". */
  get range(): string | null {
    const given = [...this.digits.values()];
    if (given.length > 10) return "1 – 0, ⇧1 – ⇧0";
    return given.length === 0 ? null : [...new Set([given[0], given.at(-1)])].join(" – ");
  }
}
