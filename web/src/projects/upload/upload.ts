import { unwrap, type Api } from "../../api/client";
import { messageOf } from "../../api/problem";
import { t } from "../../words/words";
import { Addresses, type Sign } from "./addresses";
import { send } from "./blob";
import { Pace, type UploadProgress } from "./progress";
import { browserWire, Unreachable, type Outcome, type Wire } from "./storage";

/** A file and where it goes inside the datastore. */
export interface Outgoing {
  readonly file: File;
  readonly path: string;
}

/** What became of it: the files that can be sent again, and why it ended early, if it did. */
export interface Uploaded {
  readonly progress: UploadProgress;
  readonly left: readonly Outgoing[];
  readonly problem: string | null;
}

export interface Upload {
  readonly files: readonly Outgoing[];
  readonly overwrite: boolean;
  readonly sign: Sign;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: UploadProgress) => void;
  /** How far an upload was of which these files are left. */
  readonly earlier?: UploadProgress | null;
  readonly wire?: Wire;
}

const AT_ONCE = 6;
const NOTHING: UploadProgress = { total: 0, stored: 0, there: 0, failed: [], bytes: 0, settledBytes: 0, speed: 0 };

export function destinations(files: readonly { file: File; path: string }[], folder: string): Outgoing[] {
  const clean = folder.trim().replace(/^\/+|\/+$/g, "");
  return files.map(({ file, path }) => ({ file, path: clean === "" ? path : `${clean}/${path}` }));
}

/** Addresses that may write. Whether they replace anything is up to what is sent to them: see `send`. */
export function signer(api: Api, datastore: string): Sign {
  return async (paths) => {
    const body = { files: [...paths], overwrite: true };
    try {
      const { uploads } = await unwrap(api.POST("/api/datastores/{datastore}/uploads", { params: { path: { datastore } }, body }));
      return new Map(uploads.map(({ path, url }) => [path, url]));
    } catch (error) {
      throw new Unreachable(t("The upload cannot go on. {why}", { why: messageOf(error) }));
    }
  };
}

/** Sends every file straight to storage, and says after each part how far it is. A failed file does not hold up the others. */
export async function upload(wanted: Upload): Promise<Uploaded> {
  const run = new Run(wanted);
  const queue = [...wanted.files];
  const stopped = () => wanted.signal.aborted;
  const ended: { problem: string | null } = { problem: null };
  const worker = async () => {
    while (ended.problem === null && !stopped()) {
      const next = queue.shift();
      if (next === undefined) return;
      try {
        await run.settle(next);
      } catch (error) {
        if (!stopped()) ended.problem = messageOf(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { progress: run.progress, left: run.left(), ...ended };
}

class Run {
  progress: UploadProgress;
  private readonly pace = new Pace(Date.now());
  private readonly addresses: Addresses;
  private readonly good = new Set<string>();

  constructor(private readonly wanted: Upload) {
    const { files, sign, earlier } = wanted;
    this.addresses = new Addresses(files.map(({ path }) => path), sign);
    const left = files.reduce((sum, { file }) => sum + file.size, 0);
    const all = earlier ?? { ...NOTHING, total: files.length, bytes: left };
    this.progress = { ...all, failed: [], settledBytes: all.bytes - left, speed: 0 };
    wanted.onProgress(this.progress);
  }

  left = () => this.wanted.files.filter(({ path }) => !this.good.has(path));

  /** Sends one file. Throws what the next one would meet too. */
  async settle({ file, path }: Outgoing): Promise<void> {
    let sent = 0;
    const arrived = (bytes: number, now: boolean) => {
      sent += bytes;
      this.tell({ settledBytes: this.progress.settledBytes + bytes, speed: this.pace.add(now ? bytes : 0, Date.now()) });
    };
    try {
      const outcome = await this.sent(file, path, arrived);
      this.good.add(path);
      this.tell({ [outcome]: this.progress[outcome] + 1, settledBytes: this.progress.settledBytes + file.size - sent });
    } catch (error) {
      this.tell({ settledBytes: this.progress.settledBytes - sent });
      if (error instanceof Unreachable || this.wanted.signal.aborted) throw error;
      this.tell({ failed: [...this.progress.failed, { path, reason: messageOf(error) }], settledBytes: this.progress.settledBytes + file.size });
    }
  }

  private async sent(file: File, path: string, arrived: (bytes: number, now: boolean) => void): Promise<Outcome> {
    const { overwrite, signal, wire = browserWire } = this.wanted;
    return send(wire, { file, overwrite, signal, arrived, address: (stale) => this.addresses.of(path, stale) });
  }

  private tell(more: Partial<UploadProgress>): void {
    this.progress = { ...this.progress, ...more };
    this.wanted.onProgress(this.progress);
  }
}
