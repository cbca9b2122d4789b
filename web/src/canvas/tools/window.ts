import type { ScreenPoint } from "../points";
import type { Bench, Press, Tool } from "./tool";

/** Drags change how the image is shown, which is the owner's business: contrast, or the window of a DICOM file. */
export class WindowTool implements Tool {
  private last: ScreenPoint | null = null;

  constructor(private readonly bench: Bench) {}

  cursor(): string {
    return "all-scroll";
  }

  hover(): void {
    this.bench.sketch(null);
  }

  press(press: Press): void {
    this.last = press.screen;
  }

  drag({ screen }: Press): void {
    if (this.last !== null) this.bench.adjusted?.(screen.x - this.last.x, screen.y - this.last.y);
    this.last = screen;
  }

  release(): void {
    this.last = null;
  }

  finish(): boolean {
    return false;
  }

  cancel(): boolean {
    this.last = null;
    return false;
  }

  back(): boolean {
    return false;
  }
}
