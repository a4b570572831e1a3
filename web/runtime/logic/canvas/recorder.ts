/**
 * The older canvas API (`createCanvasContext`): commands are recorded, and `draw` carries them out together. The
 * context starts every `draw` in its first state, and counts in CSS pixels.
 */
import type { CanvasImage } from './image';
import { bitmapOf, isImage } from './image';
import { isCanvas, surfaceOf } from './node';
import { RecordedPaint } from './paint';

export type Step =
  | { kind: 'call'; name: string; args: unknown[] }
  | { kind: 'set'; name: string; value: unknown }
  | { kind: 'picture'; image: CanvasImage | undefined; source: unknown; args: number[] };

export interface RecorderParts {
  draw(steps: Step[], reserve: boolean, done: () => void): void;
  /** The width of a text and the like, as the browser's context gives them. */
  measure(text: string, font: string): TextMetrics | { width: number };
  /** Starts to read a picture; `draw` waits for it. */
  load(src: string): CanvasImage;
}

/** Commands with the name and arguments that the browser's context has. */
const commands = [
  'save', 'restore', 'beginPath', 'closePath', 'moveTo', 'lineTo', 'bezierCurveTo', 'quadraticCurveTo', 'arc', 'arcTo',
  'ellipse', 'rect', 'fillRect', 'strokeRect', 'clearRect', 'fill', 'stroke', 'clip', 'scale', 'rotate', 'translate',
  'transform', 'setTransform', 'fillText', 'strokeText',
]; // biome-ignore format: one list

/** Properties, with their first values. */
const properties: Record<string, unknown> = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  lineDashOffset: 0,
  miterLimit: 10,
  globalAlpha: 1,
  globalCompositeOperation: 'source-over',
  shadowOffsetX: 0,
  shadowOffsetY: 0,
  shadowBlur: 0,
  shadowColor: 'rgba(0, 0, 0, 0)',
  textAlign: 'left',
  textBaseline: 'alphabetic',
  font: '10px sans-serif',
};

/** `setFillStyle(value)` and the like. */
const setters = ['fillStyle', 'strokeStyle', 'lineWidth', 'lineCap', 'lineJoin', 'miterLimit', 'globalAlpha', 'textAlign', 'textBaseline'] as const; // biome-ignore format: one list

type Values = Record<string, unknown>;

export class RecordedContext {
  private steps: Step[] = [];
  private values: Values = { ...properties };
  private saved: Values[] = [];

  constructor(private readonly parts: RecorderParts) {}

  draw(reserve?: unknown, callback?: unknown): void {
    const steps = this.steps;
    this.clearActions();
    this.parts.draw(steps, reserve === true, () => {
      if (typeof callback === 'function') callback();
    });
  }

  clearActions(): void {
    this.steps = [];
    this.values = { ...properties };
    this.saved = [];
  }

  getActions(): Step[] {
    const steps = this.steps;
    this.clearActions();
    return steps;
  }

  measureText(text: unknown): { width: number } {
    return this.parts.measure(String(text), String(this.values.font));
  }

  createLinearGradient(x0: number, y0: number, x1: number, y1: number): RecordedPaint {
    return new RecordedPaint('linear', [x0, y0, x1, y1]);
  }

  createCircularGradient(x: number, y: number, radius: number): RecordedPaint {
    return new RecordedPaint('radial', [x, y, 0, x, y, radius]);
  }

  createPattern(source: unknown, repetition: string): RecordedPaint {
    return new RecordedPaint('pattern', [], this.pictureOf(source) ?? source, repetition);
  }

  drawImage(source: unknown, ...args: unknown[]): void {
    this.steps.push({ kind: 'picture', image: this.pictureOf(source), source, args: args.map(Number) });
  }

  setFontSize(size: unknown): void {
    this.set('font', String(this.values.font).replace(/[\d.]+px/, `${Number(size)}px`));
  }

  setShadow(x: unknown, y: unknown, blur: unknown, color: unknown): void {
    for (const [name, value] of Object.entries({ shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur }))
      this.set(name, Number(value) || 0);
    this.set('shadowColor', color);
  }

  setLineDash(pattern: unknown, offset: unknown = 0): void {
    this.call('setLineDash', [Array.isArray(pattern) ? pattern : []]);
    this.set('lineDashOffset', offset);
  }

  private pictureOf(source: unknown): CanvasImage | undefined {
    if (typeof source === 'string') return this.parts.load(source);
    return typeof source === 'object' && source !== null && isImage(source) ? source : undefined;
  }

  private call(name: string, args: unknown[]): void {
    if (name === 'save') this.saved.push({ ...this.values });
    if (name === 'restore') this.values = this.saved.pop() ?? this.values;
    this.steps.push({ kind: 'call', name, args });
  }

  private set(name: string, value: unknown): void {
    const known = name === 'textBaseline' && value === 'normal' ? 'alphabetic' : value;
    this.values[name] = known;
    this.steps.push({ kind: 'set', name, value: known });
  }

  static {
    const { prototype } = RecordedContext;
    const define = (name: string, descriptor: PropertyDescriptor) =>
      Object.defineProperty(prototype, name, { configurable: true, ...descriptor });
    for (const name of commands) {
      define(name, {
        writable: true,
        value(this: RecordedContext, ...args: unknown[]) {
          this.call(name, args);
        },
      });
    }
    for (const name of Object.keys(properties)) {
      define(name, {
        get(this: RecordedContext) {
          return this.values[name];
        },
        set(this: RecordedContext, value: unknown) {
          this.set(name, value);
        },
      });
    }
    for (const name of setters) {
      define(`set${name.charAt(0).toUpperCase()}${name.slice(1)}`, {
        writable: true,
        value(this: RecordedContext, value: unknown) {
          this.set(name, value);
        },
      });
    }
  }
}

/** Pictures that a `draw` has to wait for. */
export function picturesOf(steps: readonly Step[]): CanvasImage[] {
  const found: CanvasImage[] = [];
  for (const step of steps) {
    if (step.kind === 'picture' && step.image !== undefined) found.push(step.image);
    if (step.kind === 'set' && step.value instanceof RecordedPaint && step.value.image !== undefined)
      found.push(step.value.image);
  }
  return found;
}

/** What the browser draws for a canvas or image of ours; null where there is nothing yet. */
export function sourceOf(source: unknown): CanvasImageSource | null {
  if (typeof source !== 'object' || source === null) return null;
  if (isImage(source)) return bitmapOf(source);
  return isCanvas(source) ? surfaceOf(source) : null;
}
