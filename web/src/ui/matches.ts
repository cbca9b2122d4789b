/** Whether a text has every word of what is wanted, in whatever order. */
export function matches(text: string, wanted: string): boolean {
  const within = text.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => within.includes(word));
}
