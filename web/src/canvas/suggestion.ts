/** What is known of a mark that somebody else than a person has made, and that nobody has touched yet. */
export interface Suggestion {
  /** How sure its maker is, 0..1; null where it did not say. */
  readonly confidence: number | null;
  /** Whether it is as right as the project's owner asked for; null where nobody promises anything. */
  readonly trusted: boolean | null;
}

export interface Suggestible {
  readonly suggested?: Suggestion;
}

/** A mark that somebody has touched is no suggestion any more. */
export function confirmed<M extends Suggestible>(mark: M): M {
  const { suggested, ...rest } = mark;
  return suggested === undefined ? mark : (rest as M);
}

/** Whether a person had better look: a suggestion that nobody vouches for. */
export function isUnsure({ suggested }: Suggestible): boolean {
  return suggested !== undefined && suggested.trusted !== true;
}
