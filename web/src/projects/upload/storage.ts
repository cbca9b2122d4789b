import { t } from "../../words/words";

/** Whether this file was stored, or one of its name was there already. */
export type Outcome = "stored" | "there";

/** The address may be used no longer. */
export class Expired extends Error {}

/** The storage could not be reached, time and again: other files would fare no better. */
export class Unreachable extends Error {}

/** What requests go through, and how to wait between them: a test has its own. */
export interface Wire {
  readonly fetch: typeof fetch;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

const RETRIES = 3;
const FIRST_PAUSE_MS = 1000;
const BUSY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

export const browserWire: Wire = {
  fetch: (...request) => fetch(...request),
  pause: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(new DOMException("stopped", "AbortError"));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      }, ms);
      signal.addEventListener("abort", stop, { once: true });
    }),
};

/** How long to wait before the next attempt: what the storage asks for, else twice as long each time. */
export function pauseMs(attempt: number, retryAfter: string | null): number {
  const asked = Number(retryAfter ?? 0) * 1000;
  return asked > 0 ? asked : FIRST_PAUSE_MS * 2 ** attempt;
}

/** One PUT, again when the connection breaks or the storage is busy. Throws Expired, Unreachable, or what the storage says. */
export async function put(wire: Wire, url: string, body: Blob | string, headers: Record<string, string>, signal: AbortSignal): Promise<Outcome> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await attempted(wire, url, { method: "PUT", body, headers, signal });
    if (response !== null && !BUSY.has(response.status)) return outcomeOf(response, attempt > 0);
    if (attempt < RETRIES) await wire.pause(pauseMs(attempt, response?.headers.get("Retry-After") ?? null), signal);
    else if (response === null) throw new Unreachable(t("The storage cannot be reached."));
    else throw answered(response);
  }
}

async function attempted({ fetch }: Wire, url: string, request: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    return null;
  }
}

function outcomeOf(response: Response, again: boolean): Outcome {
  if (response.ok) return "stored";
  // What is there when a request is repeated got there by the one whose answer was lost.
  if (response.status === 409 && response.headers.get("x-ms-error-code") === "BlobAlreadyExists") return again ? "stored" : "there";
  if (response.status === 403) throw new Expired(t("The storage answered {status}.", { status: 403 }));
  throw answered(response);
}

const answered = ({ status }: Response) => new Error(t("The storage answered {status}.", { status }));
