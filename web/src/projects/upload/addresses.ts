/** Asks the app for addresses that files may be put to, by path. */
export type Sign = (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** As many as the app signs at once. */
const PER_REQUEST = 1000;

/** Addresses of many files, asked for by the thousand as they are needed, and again once they have run out. */
export class Addresses {
  private readonly batches = new Map<number, Promise<ReadonlyMap<string, string>>>();
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(private readonly paths: readonly string[], private readonly sign: Sign) {
    this.numbers = new Map(paths.map((path, index) => [path, Math.floor(index / PER_REQUEST)]));
  }

  /** Where a file goes; not `stale`, which the storage refused. */
  async of(path: string, stale?: string): Promise<string> {
    const number = this.numbers.get(path) ?? 0;
    const known = await this.batch(number);
    if (stale !== undefined && known.get(path) === stale) this.batches.delete(number);
    const address = (await this.batch(number)).get(path);
    if (address === undefined) throw new Error(`No address for ${path}`);
    return address;
  }

  private batch(number: number): Promise<ReadonlyMap<string, string>> {
    const known = this.batches.get(number) ?? this.sign(this.paths.slice(number * PER_REQUEST, (number + 1) * PER_REQUEST));
    this.batches.set(number, known);
    return known;
  }
}
