/**
 * Every command that has a key, by where it means something: name and keys. R, M, T, L, P and U are what Azure ML
 * labeling had. Shift besides a key means more of the same, unless the key with Shift is another command's.
 */
export const TABLE = {
  everywhere: { keys: "?" },
  moves: { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp", down: "ArrowDown" },
  /** The labeling page around what is labeled. */
  page: { submit: "Enter", skip: "S", flag: "Shift+S", earlier: "Alt+ArrowLeft", later: "Alt+ArrowRight", history: "K", instructions: "I", search: "F", dismiss: "Shift+X", theme: "Shift+T" },
  answer: { undo: "Z Ctrl+Z", remove: "Backspace Delete", letGo: "Escape" },
  grid: { all: "A Ctrl+A", toggle: "Space", first: "Home", last: "End", enlarge: "V", layout: "L" },
  text: { larger: "+ =", smaller: "-", font: "Shift+F" },
  marks: {
    before: ",", next: ".", unsure: "Q", unsureBefore: "Shift+Q", keep: "O",
    all: "Ctrl+A", alike: "J #", redo: "Y Ctrl+Y Shift+Z Ctrl+Shift+Z", names: "N",
  },
  regions: {
    select: "M", duplicate: "D Ctrl+D", copy: "Ctrl+C", paste: "Ctrl+V", front: "PageUp", back: "PageDown",
    narrower: "Ctrl+ArrowLeft", wider: "Ctrl+ArrowRight", lower: "Ctrl+ArrowUp", taller: "Ctrl+ArrowDown",
    hide: "H", lock: "L", zoomIn: "+ =", zoomOut: "-", fit: "Home", actual: "Shift+Home", zoomTo: "V", pan: "Space",
    window: "W", look: "Shift+W", frameBefore: "<", frameNext: ">",
  },
  boxes: { box: "R", extreme: "X", template: "T", place: "G" },
  polygons: { polygon: "P", part: "A", hole: "C", points: "U" },
  masks: { brush: "B", eraser: "E", polygon: "P", hole: "C", smaller: "[", larger: "]" },
  spans: { mark: "Space" },
  review: { approve: "A", unapprove: "U", reject: "R", acceptSkip: "S", assign: "H", gold: "G", correct: "E" },
  reviewGrid: { toggle: "Space Ctrl+Space", first: "Home", last: "End", all: "Ctrl+A", none: "Escape", open: "Enter" },
  reviewItem: { before: "P", next: "N" },
  /** An image that is looked at and not labeled. */
  picture: { zoomIn: "+ =", zoomOut: "-", fit: "Home", actual: "Shift+Home", names: "L", window: "W", frameBefore: "<", frameNext: ">" },
  doubts: { keep: "A", take: "T", edit: "E", undo: "U", before: "P", next: "N" },
} as const satisfies Record<string, Record<string, string>>;

export type Scope = keyof typeof TABLE;

export type CommandOf<S extends Scope> = { [One in S]: `${One}.${keyof (typeof TABLE)[One] & string}` }[S];

export type CommandId = CommandOf<Scope>;

const LABELING = ["everywhere", "moves", "page", "answer"] as const;
const REGIONS = [...LABELING, "marks", "regions"] as const;

/** What of the table holds at a time. */
export const MODES = {
  images: [...LABELING, "grid"],
  texts: [...LABELING, "grid", "text"],
  boxes: [...REGIONS, "boxes"],
  polygons: [...REGIONS, "polygons"],
  masks: [...REGIONS, "masks"],
  spans: [...LABELING, "marks", "text", "spans"],
  review: ["everywhere", "moves", "review", "reviewGrid"],
  item: ["everywhere", "moves", "review", "reviewItem", "picture"],
  doubts: ["everywhere", "moves", "doubts", "picture"],
} as const satisfies Record<string, readonly Scope[]>;

export type Mode = keyof typeof MODES;

/** The commands of some parts of the table, in its order. */
export function commandsOf<S extends Scope>(...scopes: readonly S[]): CommandOf<S>[] {
  return scopes.flatMap((scope) => Object.keys(TABLE[scope]).map((name) => `${scope}.${name}` as CommandOf<S>));
}

export const commandsIn = (mode: Mode): CommandId[] => commandsOf<Scope>(...MODES[mode]);

export const scopeOf = (id: CommandId) => id.split(".")[0] as Scope;

export function defaultKeys(id: CommandId): string {
  const keys: Readonly<Record<string, string>> = TABLE[scopeOf(id)];
  return keys[id.slice(id.indexOf(".") + 1)] ?? "";
}

/** What goes on while its key is held down; anything else happens once. */
export const HELD: ReadonlySet<CommandId> = new Set<CommandId>([
  ...commandsOf("moves", "reviewItem"), "grid.first", "grid.last", "reviewGrid.first", "reviewGrid.last", "answer.undo", "marks.redo", "marks.before", "marks.next",
  "regions.narrower", "regions.wider", "regions.lower", "regions.taller", "regions.zoomIn", "regions.zoomOut", "regions.frameBefore", "regions.frameNext",
  "picture.zoomIn", "picture.zoomOut", "picture.frameBefore", "picture.frameNext",
  "masks.smaller", "masks.larger", "doubts.before", "doubts.next",
]);
