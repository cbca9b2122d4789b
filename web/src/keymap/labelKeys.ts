import { hotkeys, isDigit, type Keyed } from "../labels/hotkeys";
import { createStore, type Store } from "../ui/store";
import { commandsWith, storedTexts } from "./keymap";
import type { Mode } from "./table";

/**
 * The keys of a project's labels: digits, letters that the project's owner chose for everybody, and letters that
 * somebody chose in this browser, which stand in place of the owner's. An owner's letter gives way to whatever else
 * has the key here. A label with a letter keeps its digit.
 */
export class LabelKeys {
  /** Chords chosen in this browser, by label path, and what they are stored as. */
  readonly letters: Store<Readonly<Record<string, string>>>;
  readonly storage: string;
  readonly paths: readonly string[];
  readonly digits: ReadonlyMap<string, string>;
  private readonly owners: ReadonlyMap<string, string>;

  constructor(project: string, labels: readonly Keyed[], private readonly mode: Mode) {
    this.storage = `tagwerk.keys.${project}`;
    this.letters = createStore(storedTexts(this.storage));
    this.paths = labels.map(({ path }) => path);
    this.owners = new Map(labels.flatMap(({ path, key }) => (key === null || isDigit(key) ? [] : [[path, key.toUpperCase()] as const])));
    this.digits = hotkeys(labels);
  }

  /** The label that a chord means. */
  get(chord: string): string | undefined {
    const has = (keyOf: (path: string) => string | undefined) => this.paths.find((path) => keyOf(path) === chord);
    return has((path) => this.letterOf(path)) ?? has((path) => this.digits.get(path));
  }

  /** The key to show beside a label. */
  keyOf(path: string): string | undefined {
    return this.letterOf(path) ?? this.digits.get(path);
  }

  letterOf(path: string): string | undefined {
    const letters = this.letters.get();
    const owners = this.owners.get(path);
    if (letters[path] !== undefined || owners === undefined) return letters[path];
    const taken = this.paths.some((other) => letters[other] === owners) || commandsWith(owners, this.mode).length > 0;
    return taken ? undefined : owners;
  }
}
