/** A stretch of a text in UTF-16 units, half-open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** The words of a text, found where they are asked for: a long text is never cut up as a whole. */
export class Words {
  private readonly segments: Intl.Segments;

  constructor(private readonly text: string) {
    this.segments = segmenter.segment(text);
  }

  /** The stretch widened to whole words, without the space around them. Null where there is nothing but space. */
  snapped({ start, end }: Stretch): Stretch | null {
    const tight = this.tight({ start, end });
    if (tight === null) return null;
    return { start: this.at(tight.start).start, end: this.at(tight.end - 1).end };
  }

  /** The stretch without the space at its ends. */
  tight({ start, end }: Stretch): Stretch | null {
    const inside = this.text.slice(start, end);
    const first = inside.search(/\S/);
    return first === -1 ? null : { start: start + first, end: start + inside.trimEnd().length };
  }

  /** The next word (or mark) after a place, or before it; null at the end of the text. */
  next(from: number, forward: boolean): Stretch | null {
    for (let at = forward ? from : from - 1; at >= 0 && at < this.text.length; ) {
      const segment = this.at(at);
      if (this.text.slice(segment.start, segment.end).trim() !== "") return segment;
      at = forward ? segment.end : segment.start - 1;
    }
    return null;
  }

  private at(index: number): Stretch {
    const segment = this.segments.containing(index);
    return segment === undefined ? { start: index, end: index + 1 } : { start: segment.index, end: segment.index + segment.segment.length };
  }
}
