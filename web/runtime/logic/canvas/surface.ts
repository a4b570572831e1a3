/** A canvas of a page, with what the older API needs to know of it: its size there, and what is being drawn on it. */
import { type CanvasNode, drawingContext } from './node';

export class Surface {
  /** Bitmap pixels for one unit of the app: the older API counts in CSS pixels. */
  scale = 1;
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    readonly node: CanvasNode,
    private width: number,
    private height: number,
    private readonly pixelRatio: () => number,
  ) {}

  resized(width: number, height: number): void {
    this.width = width;
    this.height = height;
  }

  /** Does one thing after the other; a failure stops none of those that follow. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.work.then(work);
    this.work = done.catch(() => {});
    return done;
  }

  /**
   * The browser's context for the older API, in its first state, scaled to CSS pixels; null where the app has taken
   * another kind of context. With `clear` the bitmap is emptied and gets the size that the element has now.
   */
  prepare(clear: boolean): OffscreenCanvasRenderingContext2D | null {
    const ratio = this.pixelRatio() || 1;
    if (clear || this.scale !== ratio) {
      this.scale = ratio;
      this.node.width = Math.round(this.width * ratio);
      this.node.height = Math.round(this.height * ratio);
    }
    const context = drawingContext(this.node);
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }
}
