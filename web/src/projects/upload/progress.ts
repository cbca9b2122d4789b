/** How far an upload is. */
export interface UploadProgress {
  readonly total: number;
  readonly stored: number;
  /** Files of whose names there were some already. */
  readonly there: number;
  readonly failed: readonly { path: string; reason: string }[];
  /** Bytes of all files, and of those that need not be sent any more. */
  readonly bytes: number;
  readonly settledBytes: number;
  /** How many bytes a second arrive. */
  readonly speed: number;
}

export const settled = ({ stored, there, failed }: UploadProgress) => stored + there + failed.length;

/** 0..1, by bytes where there are any. */
export function share(progress: UploadProgress): number {
  const { total, bytes, settledBytes } = progress;
  if (bytes > 0) return Math.min(1, settledBytes / bytes);
  return total === 0 ? 0 : settled(progress) / total;
}

const WINDOW_MS = 10_000;

/** The pace of the last seconds. */
export class Pace {
  private arrivals: { at: number; bytes: number }[] = [];

  constructor(private readonly began: number) {}

  /** Bytes a second, once these have arrived. */
  add(bytes: number, at: number): number {
    this.arrivals = [...this.arrivals.filter((other) => other.at > at - WINDOW_MS), { at, bytes }];
    const seconds = Math.max(1, Math.min(WINDOW_MS, at - this.began) / 1000);
    return this.arrivals.reduce((sum, { bytes: some }) => sum + some, 0) / seconds;
  }
}
