import { unwrap, type Api } from "../../api/client";
import { messageOf } from "../../api/problem";
import { t } from "../../words/words";

/** A file and where it goes inside the datastore. */
export interface Outgoing {
  readonly file: File;
  readonly path: string;
}

export interface UploadProgress {
  readonly total: number;
  readonly done: number;
  readonly failed: readonly { path: string; reason: string }[];
}

const PER_REQUEST = 1000;
const AT_ONCE = 6;

export function destinations(files: readonly { file: File; path: string }[], folder: string): Outgoing[] {
  const clean = folder.trim().replace(/^\/+|\/+$/g, "");
  return files.map(({ file, path }) => ({ file, path: clean === "" ? path : `${clean}/${path}` }));
}

async function put(url: string, file: File): Promise<string | null> {
  const headers = { "x-ms-blob-type": "BlockBlob", "Content-Type": file.type || "application/octet-stream" };
  try {
    const response = await fetch(url, { method: "PUT", headers, body: file });
    if (response.ok) return null;
    return response.status === 409 ? t("A file of this name is there already.") : t("The storage answered {status}.", { status: response.status });
  } catch {
    return t("The storage cannot be reached.");
  }
}

async function inParallel<T>(work: readonly T[], step: (one: T) => Promise<void>): Promise<void> {
  const queue = [...work];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await step(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Sends every file straight to storage and says after each how far it is. */
export async function upload(
  api: Api,
  datastore: string,
  files: readonly Outgoing[],
  overwrite: boolean,
  onProgress: (progress: UploadProgress) => void,
): Promise<UploadProgress> {
  let progress: UploadProgress = { total: files.length, done: 0, failed: [] };
  const report = (path: string, reason: string | null) => {
    const failed = reason === null ? progress.failed : [...progress.failed, { path, reason }];
    progress = { ...progress, done: progress.done + 1, failed };
    onProgress(progress);
  };
  onProgress(progress);
  for (let start = 0; start < files.length; start += PER_REQUEST) {
    const batch = files.slice(start, start + PER_REQUEST);
    const urls = await signed(api, datastore, batch, overwrite);
    await inParallel(batch, async ({ file, path }) => {
      const url = urls.get(path);
      report(path, url === undefined ? t("The server gave no address for it.") : await put(url, file));
    });
  }
  return progress;
}

async function signed(api: Api, datastore: string, batch: readonly Outgoing[], overwrite: boolean): Promise<Map<string, string>> {
  const body = { files: batch.map(({ path }) => path), overwrite };
  try {
    const { uploads } = await unwrap(api.POST("/api/datastores/{datastore}/uploads", { params: { path: { datastore } }, body }));
    return new Map(uploads.map(({ path, url }) => [path, url]));
  } catch (error) {
    throw new Error(`The upload could not start. ${messageOf(error)}`);
  }
}
