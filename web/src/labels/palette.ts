/**
 * Colours that people with any colour vision tell apart (Paul Tol's bright and muted schemes),
 * ordered so that neighbours differ in lightness too.
 */
export const PALETTE = [
  "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377",
  "#ee7733", "#009988", "#882255", "#999933", "#332288", "#bbbbbb",
] as const;

export function paletteColor(index: number): string {
  return PALETTE[index % PALETTE.length] ?? PALETTE[0];
}

const GOLDEN = 0.618;
const LEAST = 0.18;

/** The n-th shade of a colour "#rrggbb", from 1: lighter and darker by turns, each told apart from those before it. */
export function shade(color: string, n: number): string {
  const place = (n * GOLDEN) % 1;
  const [towards, share] = place < 0.5 ? [0, LEAST + 0.8 * place] : [255, LEAST + 0.8 * (place - 0.5)];
  const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return `#${parts.map((part) => Math.round(part + share * (towards - part)).toString(16).padStart(2, "0")).join("")}`;
}
