import type { Bitmap } from "./bitmap";
import { decode, type Rle } from "./rle";

/** Decoded masks, remembered as long as their encodings are in use. */
export class Bitmaps {
  private readonly known = new WeakMap<Rle, Bitmap>();

  of(rle: Rle): Bitmap {
    const bitmap = this.known.get(rle) ?? decode(rle);
    this.known.set(rle, bitmap);
    return bitmap;
  }

  keep(rle: Rle, bitmap: Bitmap): void {
    this.known.set(rle, bitmap);
  }

  /** The bitmap for changing: whoever asks for the encoding again gets it decoded afresh. */
  take(rle: Rle): Bitmap {
    const bitmap = this.of(rle);
    this.known.delete(rle);
    return bitmap;
  }
}
