import { Expired, put, type Outcome, type Wire } from "./storage";

/** A file above this size goes in blocks, so that a broken connection costs one of them. */
export const WHOLE_BYTES = 32 * 1024 * 1024;
export const BLOCK_BYTES = 8 * 1024 * 1024;

/** A file on its way: where it may be put, and whether it replaces what is there. */
export interface Sending {
  readonly file: File;
  /** An address for it; `stale` is one that the storage takes no longer. */
  readonly address: (stale?: string) => Promise<string>;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
  /** Told of every part that is there, and whether it was sent just now. */
  readonly arrived: (bytes: number, now: boolean) => void;
}

/** How many blocks of a file are there already that was cut off: the storage keeps them for a week. */
const kept = new WeakMap<File, number>();

const typeOf = (file: File) => file.type || "application/octet-stream";
const guard = (overwrite: boolean): Record<string, string> => (overwrite ? {} : { "If-None-Match": "*" });

/** Names of one length, as the storage wants them. */
const blockId = (number: number) => btoa(String(number).padStart(6, "0"));

/** Puts a file into storage, at once or in blocks. */
export async function send(wire: Wire, sending: Sending): Promise<Outcome> {
  return sending.file.size > WHOLE_BYTES ? sendBlocks(wire, sending) : sendWhole(wire, sending);
}

async function sendWhole(wire: Wire, sending: Sending): Promise<Outcome> {
  const { file, overwrite, arrived } = sending;
  const headers = { "x-ms-blob-type": "BlockBlob", "Content-Type": typeOf(file), ...guard(overwrite) };
  const outcome = await putFresh(wire, sending, "", file, headers);
  if (outcome === "stored") arrived(file.size, true);
  return outcome;
}

async function sendBlocks(wire: Wire, sending: Sending): Promise<Outcome> {
  const { file, overwrite, arrived } = sending;
  const ids = Array.from({ length: Math.ceil(file.size / BLOCK_BYTES) }, (_, number) => blockId(number));
  const there = kept.get(file) ?? 0;
  for (const [number, id] of ids.entries()) {
    const block = file.slice(number * BLOCK_BYTES, (number + 1) * BLOCK_BYTES);
    if (number >= there) await putFresh(wire, sending, `&comp=block&blockid=${encodeURIComponent(id)}`, block, {});
    kept.set(file, Math.max(there, number + 1));
    arrived(block.size, number >= there);
  }
  kept.delete(file);
  const list = `<?xml version="1.0" encoding="utf-8"?><BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join("")}</BlockList>`;
  const headers = { "Content-Type": "application/xml", "x-ms-blob-content-type": typeOf(file), ...guard(overwrite) };
  return putFresh(wire, sending, "&comp=blocklist", list, headers);
}

/** A PUT to the address at hand, or to a new one where its time is over. */
async function putFresh(wire: Wire, { address, signal }: Sending, query: string, body: Blob | string, headers: Record<string, string>): Promise<Outcome> {
  const known = await address();
  try {
    return await put(wire, known + query, body, headers, signal);
  } catch (error) {
    if (!(error instanceof Expired)) throw error;
    return put(wire, (await address(known)) + query, body, headers, signal);
  }
}
