import { kindOf } from "../kinds/kinds";
import { hotkeys } from "../labels/hotkeys";
import { Images, type LoadImage } from "../label/images";
import type { Layout } from "../label/layout";
import type { Marking } from "../label/marks/marking";
import { Database } from "../drafts/database";
import { Outbox } from "../outbox/outbox";
import type { OutboxStorage } from "../outbox/outboxStorage";
import { LabelingSession } from "../label/session";
import type { KeyPress } from "../label/keys";
import type { KindId, Task } from "../api/types";
import { FakeImages, FakeServer, LEASE_MS, memoryOutboxStorage } from "./fakeServer";
import { fakeSeats } from "./fakeSeats";

export const LABELS = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis"] as const;

interface Options {
  items?: number;
  suggests?: (task: Task) => Task;
  layout?: Layout;
  kind?: KindId;
  browser?: TestBrowser;
  seat?: string;
  server?: FakeServer;
  outboxStorage?: OutboxStorage;
  load?: LoadImage;
  leaseMs?: number;
  marking?: Marking;
}

export interface TestBrowser {
  database: Database;
  seats: ReturnType<typeof fakeSeats>;
}

let browsers = 0;

/** What windows of one browser share. */
export const testBrowser = (): TestBrowser => ({ database: new Database(`browser-${++browsers}`), seats: fakeSeats() });

/** A labeling session against a fake server, as the page would open it. */
export function newSession(options: Options = {}) {
  const browser = options.browser ?? testBrowser();
  const server = options.server ?? new FakeServer(options.items ?? 100, options.suggests);
  const outbox = new Outbox("ana", server.send, options.outboxStorage ?? memoryOutboxStorage());
  const keys = new Map([...hotkeys(LABELS.map((path) => ({ path, key: null })))].map(([path, key]) => [key, path]));
  const session = new LabelingSession({
    user: "ana",
    project: "p",
    kind: kindOf(options.kind ?? "image_multiclass"),
    keys,
    leaseMs: options.leaseMs ?? LEASE_MS,
    layout: options.layout ?? 4,
    tasks: server,
    outbox,
    images: new Images(new FakeImages(), options.load ?? (() => Promise.resolve({ size: [640, 480] }))),
    keep: { database: browser.database, takeSeat: () => Promise.resolve(browser.seats.take(options.seat ?? "a")) },
    marking: options.marking ?? null,
    overlap: false,
    firstLabel: LABELS[0],
  });
  return { session, server, outbox };
}

export function key(name: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  const code = /^[0-9]$/.test(name) ? `Digit${name}` : name;
  return { key: name, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...modifiers };
}
