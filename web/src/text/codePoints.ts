/**
 * Between the two ways of counting a text's characters: the API counts Unicode code points, the browser UTF-16
 * units, of which an emoji takes two. This is the one place that converts.
 */
export class CodePoints {
  /** Where each pair of units begins, in units. */
  private readonly pairs: readonly number[];

  constructor(text: string) {
    this.pairs = [...text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)].map(({ index }) => index);
  }

  /** How many code points lie before a unit. Inside of a pair that is those before the pair. */
  before(unit: number): number {
    return unit - count(this.pairs, (at) => at < unit);
  }

  /** The unit at which a code point begins. */
  unitOf(point: number): number {
    return point + count(this.pairs, (at, index) => at - index < point);
  }
}

/** How many of a sorted list a test holds for: the first ones, by halving. */
function count(sorted: readonly number[], holds: (value: number, index: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
