/** Gradients and patterns of the older canvas API, until there is a context to make them of. */
import type { CanvasImage } from './image';
import { isImage } from './image';

export class RecordedPaint {
  readonly stops: [offset: number, color: string][] = [];

  constructor(
    readonly kind: 'linear' | 'radial' | 'pattern',
    readonly args: number[],
    readonly source?: unknown,
    readonly repetition?: string,
  ) {}

  addColorStop(offset: unknown, color: unknown): void {
    this.stops.push([Number(offset), String(color)]);
  }

  get image(): CanvasImage | undefined {
    const { source } = this;
    return typeof source === 'object' && source !== null && isImage(source) ? source : undefined;
  }

  /** The browser's own paint; a pattern without its picture is no paint. */
  make(
    context: OffscreenCanvasRenderingContext2D,
    sourceOf: (source: unknown) => CanvasImageSource | null,
  ): CanvasGradient | CanvasPattern | null {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = this.args.map((value) => Number(value) || 0);
    if (this.kind === 'pattern') {
      const source = sourceOf(this.source);
      return source === null ? null : context.createPattern(source, this.repetition ?? 'repeat');
    }
    const gradient =
      this.kind === 'linear'
        ? context.createLinearGradient(a, b, c, d)
        : context.createRadialGradient(a, b, c, d, e, f);
    for (const [offset, color] of this.stops) gradient.addColorStop(Math.min(1, Math.max(0, offset)), color);
    return gradient;
  }
}
