const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Whether the paragraph around a place is read from right to left: as browsers tell, by its first letter. */
export function isRightToLeft(text: string, place: number): boolean {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const end = text.indexOf("\n", place);
  const first = LETTER.exec(text.slice(start, end === -1 ? undefined : end))?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}
