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
