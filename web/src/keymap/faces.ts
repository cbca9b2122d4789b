import { words } from "../words/words";
import type { CommandId, Mode, Scope } from "./table";

export type Group = "label" | "mark" | "change" | "view" | "page" | "decide";

export const GROUPS: Readonly<Record<Group, string>> = {
  label: words("Labels"), mark: words("Mark"), change: words("Select and change"), view: words("View"), page: words("Page"), decide: words("Decide"),
};

/** Where a command means something, for those who are elsewhere. */
export const PLACES: Readonly<Record<Scope, string>> = {
  everywhere: words("everywhere"), moves: words("everywhere"), page: words("labeling"), answer: words("labeling"), grid: words("labels of whole items"), text: words("texts"),
  marks: words("regions and entities"), regions: words("regions"), boxes: words("boxes"), polygons: words("polygons"), masks: words("masks"), spans: words("entities"),
  picture: words("review"), review: words("review"), reviewGrid: words("review"), reviewItem: words("review"), doubts: words("doubtful answers"),
};

/** How a command is listed. Neighbours that say the same `together` share a line where nothing is to be changed. */
interface Face {
  readonly group: Group;
  readonly title: string;
  readonly together?: string;
}

const face = (group: Group, title: string, together?: string): Face => ({ group, title, ...(together === undefined ? {} : { together }) });

const ENDS = words("Go to the first, to the last");
const STRETCH = words("Stretch what is selected by a pixel; with Shift by ten");
const BETWEEN = words("Select the one before, the next");
const UNSURE = words("Select the next suggestion that is unsure, the one before");
const ORDER = words("Bring to the front, to the back");
const SIZE = words("Larger, smaller");
const BRUSH = words("Smaller brush, larger brush");
const FRAMES = words("Frame before, next frame");
const STEPS = words("The item before, the next");
const PAGES = words("Go back through your last pages, and on again");
const LIST = words("This list of keys");

/** What the arrows do. */
export const MOVES: Readonly<Record<Mode, string>> = {
  images: words("Go to another {item}; with Shift select up to it"),
  texts: words("Go to another {item}; with Shift select up to it"),
  boxes: words("Move what is selected by a pixel; with Shift by ten"),
  polygons: words("Move what is selected by a pixel; with Shift by ten"),
  masks: words("Move what is selected by a pixel; with Shift by ten"),
  spans: words("Take the next word; with Shift more of them"),
  review: words("Go to another item; with Shift select up to it"),
  item: words("The item before, the next"),
  doubts: words("The item before, the next"),
};

/** What the mouse does, beside the keys. */
export const GESTURES: Readonly<Partial<Record<Mode, readonly (readonly [gesture: string, what: string])[]>>> = {
  images: [[words("Shift click"), words("Select a range")], [words("Double click"), words("View it large")]],
  texts: [[words("Shift click"), words("Select a range")], [words("Double click"), words("View it large")]],
  spans: [[words("Drag"), words("Mark the words under it; with Alt just the letters")], [words("Double click"), words("Mark a word")]],
  review: [[words("Shift click"), words("Select a range")]],
};

export const FACES: Readonly<Record<CommandId, Face>> = {
  "everywhere.keys": face("page", LIST),
  "moves.left": face("change", words("To the left"), "moves"),
  "moves.right": face("change", words("To the right"), "moves"),
  "moves.up": face("change", words("Up"), "moves"),
  "moves.down": face("change", words("Down"), "moves"),
  "page.submit": face("page", words("Submit, or accept what is suggested")),
  "page.skip": face("page", words("Skip, with a reason")),
  "page.flag": face("page", words("Flag for review, with a note")),
  "page.earlier": face("page", words("Go back to the page before"), PAGES),
  "page.later": face("page", words("Go on to the page after"), PAGES),
  "page.history": face("page", words("My last pages")),
  "page.instructions": face("page", words("Instructions")),
  "page.search": face("label", words("Find a label")),
  "page.dismiss": face("page", words("Put a message away")),
  "page.theme": face("view", words("Light or dark colours")),
  "answer.undo": face("change", words("Undo")),
  "answer.remove": face("change", words("Remove or clear; on a fresh page, take the last page back")),
  "answer.letGo": face("change", words("Let go of what is begun or selected")),
  "grid.all": face("change", words("Select all, or none; a label key labels them")),
  "grid.toggle": face("change", words("Select the {item}")),
  "grid.first": face("change", words("Go to the first"), ENDS),
  "grid.last": face("change", words("Go to the last"), ENDS),
  "grid.enlarge": face("view", words("View it large")),
  "grid.layout": face("view", words("More or fewer on a page")),
  "text.larger": face("view", words("Larger text")),
  "text.smaller": face("view", words("Smaller text")),
  "text.font": face("view", words("Another font")),
  "marks.before": face("change", words("Select the one before"), BETWEEN),
  "marks.next": face("change", words("Select the next"), BETWEEN),
  "marks.unsure": face("change", words("Select the next suggestion that is unsure"), UNSURE),
  "marks.unsureBefore": face("change", words("Select the unsure suggestion before"), UNSURE),
  "marks.keep": face("change", words("OK: keep the suggestion as your own, and go to the next unsure one")),
  "marks.all": face("change", words("Select all")),
  "marks.alike": face("change", words("Select all of this label")),
  "marks.redo": face("change", words("Redo")),
  "marks.names": face("view", words("Names of all")),
  "regions.select": face("mark", words("Select and move")),
  "regions.duplicate": face("change", words("Duplicate")),
  "regions.copy": face("change", words("Copy")),
  "regions.paste": face("change", words("Paste: also on the next image")),
  "regions.front": face("change", words("Bring to the front"), ORDER),
  "regions.back": face("change", words("Send to the back"), ORDER),
  "regions.narrower": face("change", words("Narrower"), STRETCH),
  "regions.wider": face("change", words("Wider"), STRETCH),
  "regions.lower": face("change", words("Lower"), STRETCH),
  "regions.taller": face("change", words("Taller"), STRETCH),
  "regions.hide": face("view", words("Hide what is selected, or all; show again")),
  "regions.lock": face("change", words("Lock what is there")),
  "regions.zoomIn": face("view", words("Larger"), SIZE),
  "regions.zoomOut": face("view", words("Smaller"), SIZE),
  "regions.fit": face("view", words("Fit the image in")),
  "regions.actual": face("view", words("One image pixel to one screen pixel")),
  "regions.zoomTo": face("view", words("Show what is selected as large as it goes")),
  "regions.pan": face("view", words("Hold to drag the image")),
  "regions.window": face("view", words("Drag for brightness and contrast; of DICOM, the window")),
  "regions.look": face("view", words("Brightness and contrast by sliders")),
  "regions.frameBefore": face("view", words("Frame before"), FRAMES),
  "regions.frameNext": face("view", words("Next frame"), FRAMES),
  "boxes.box": face("mark", words("Box")),
  "boxes.extreme": face("mark", words("Box by four points")),
  "boxes.template": face("mark", words("Box of the last size")),
  "boxes.place": face("mark", words("Put a box into the middle")),
  "polygons.polygon": face("mark", words("Polygon")),
  "polygons.part": face("mark", words("Add a part to the polygon")),
  "polygons.hole": face("mark", words("Cut out")),
  "polygons.points": face("mark", words("Add and remove points")),
  "masks.brush": face("mark", words("Brush")),
  "masks.eraser": face("mark", words("Eraser")),
  "masks.polygon": face("mark", words("Polygon")),
  "masks.hole": face("mark", words("Cut out")),
  "masks.smaller": face("mark", words("Smaller brush"), BRUSH),
  "masks.larger": face("mark", words("Larger brush"), BRUSH),
  "spans.mark": face("mark", words("Mark the words at hand")),
  "review.approve": face("decide", words("Approve")),
  "review.unapprove": face("decide", words("Take approval back")),
  "review.reject": face("decide", words("Reject, with a comment: Enter sends it")),
  "review.acceptSkip": face("decide", words("Accept the skip")),
  "review.assign": face("decide", words("Hand to a labeler")),
  "review.gold": face("decide", words("Make gold, or gold no more")),
  "review.correct": face("decide", words("Correct")),
  "reviewGrid.toggle": face("change", words("Select it, or not")),
  "reviewGrid.first": face("change", words("Go to the first"), ENDS),
  "reviewGrid.last": face("change", words("Go to the last"), ENDS),
  "reviewGrid.all": face("change", words("Select all that are shown, or none")),
  "reviewGrid.none": face("change", words("Select none; close")),
  "reviewGrid.open": face("change", words("Open the item")),
  "reviewItem.before": face("page", words("In an open item: the one before"), STEPS),
  "reviewItem.next": face("page", words("In an open item: the next"), STEPS),
  "picture.zoomIn": face("view", words("Larger"), SIZE),
  "picture.zoomOut": face("view", words("Smaller"), SIZE),
  "picture.fit": face("view", words("Fit the image in")),
  "picture.actual": face("view", words("One image pixel to one screen pixel")),
  "picture.names": face("view", words("Names of all")),
  "picture.window": face("view", words("Drag for brightness and contrast; of DICOM, the window")),
  "picture.frameBefore": face("view", words("Frame before"), FRAMES),
  "picture.frameNext": face("view", words("Next frame"), FRAMES),
  "doubts.keep": face("decide", words("Keep the given answer: approves it")),
  "doubts.take": face("decide", words("Take the suggested answer in its place")),
  "doubts.edit": face("decide", words("Edit the given answer")),
  "doubts.undo": face("decide", words("Take the last decision back")),
  "doubts.before": face("page", words("The one before"), STEPS),
  "doubts.next": face("page", words("The next, without a decision"), STEPS),
};
