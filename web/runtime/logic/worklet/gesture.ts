/**
 * Skyline's gesture handlers, told from touches: a state for each step, positions, distances and speeds. They run
 * where the app's functions run; what the frame scrolls by itself goes on scrolling.
 */
import type { TouchPoint } from '../../protocol/page-port';

export const GestureState = { possible: 0, begin: 1, active: 2, end: 3, cancelled: 4 } as const;

export interface Touches {
  type: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel';
  /** Those that are still down. */
  touches: readonly TouchPoint[];
  changed: readonly TouchPoint[];
  time: number;
}

export type GestureEvent = Record<string, unknown> & { state: number };

export interface GestureHooks {
  emit(event: GestureEvent): void;
  /** `worklet:should-response-on-move`: false lets this move pass by. */
  responds(event: GestureEvent): boolean;
  later(callback: () => void, milliseconds: number): { cancel(): void };
}

/** CSS pixels that a finger may tremble. */
const slop = 8;
const longPressTime = 500;
const doubleTapTime = 300;
/** Milliseconds of movement that a speed is measured over. */
const speedWindow = 100;

interface Moment {
  x: number;
  y: number;
  time: number;
}

/** Pixels a second over the last moments. */
class Speed {
  private moments: Moment[] = [];

  add(moment: Moment): void {
    this.moments = [...this.moments.filter(({ time }) => moment.time - time <= speedWindow), moment];
  }

  get(): { velocityX: number; velocityY: number } {
    const [first, last] = [this.moments[0], this.moments.at(-1)];
    if (first === undefined || last === undefined || last.time <= first.time) return { velocityX: 0, velocityY: 0 };
    const seconds = (last.time - first.time) / 1000;
    return { velocityX: (last.x - first.x) / seconds, velocityY: (last.y - first.y) / seconds };
  }
}

export interface Recognizer {
  take(touches: Touches): void;
}

/** Dragging with one finger, in any direction or along one axis. */
class Drag implements Recognizer {
  private origin: Moment | undefined;
  private last: Moment | undefined;
  private active = false;
  private speed = new Speed();

  constructor(
    private readonly axis: 'both' | 'x' | 'y',
    private readonly hooks: GestureHooks,
  ) {}

  take({ type, touches, changed, time }: Touches): void {
    const point = type === 'touchend' || type === 'touchcancel' ? changed[0] : (touches[0] ?? changed[0]);
    if (point === undefined) return;
    const now = { x: point.clientX, y: point.clientY, time };
    if (type === 'touchstart') {
      if (this.origin === undefined) this.begin(now);
      return;
    }
    if (type === 'touchmove') this.move(now);
    else if (touches.length === 0) this.finish(now, type === 'touchend' ? GestureState.end : GestureState.cancelled);
  }

  private begin(now: Moment): void {
    this.origin = now;
    this.last = now;
    this.speed = new Speed();
    this.speed.add(now);
    this.tell(GestureState.possible, now, 0, 0);
  }

  private move(now: Moment): void {
    const { origin, last } = this;
    if (origin === undefined || last === undefined) return;
    this.speed.add(now);
    const [deltaX, deltaY] = [now.x - last.x, now.y - last.y];
    if (!this.active && !this.isMeant(now, origin)) return;
    this.last = now;
    const event = this.event(this.active ? GestureState.active : GestureState.begin, now, deltaX, deltaY);
    if (!this.hooks.responds(event)) return;
    const first = !this.active;
    this.active = true;
    this.hooks.emit(event);
    if (first) this.tell(GestureState.active, now, deltaX, deltaY);
  }

  private finish(now: Moment, state: number): void {
    if (this.active) this.tell(state, now, 0, 0);
    this.origin = undefined;
    this.active = false;
  }

  private isMeant(now: Moment, origin: Moment): boolean {
    const [across, along] = [Math.abs(now.x - origin.x), Math.abs(now.y - origin.y)];
    if (this.axis === 'x') return across > slop && across > along;
    if (this.axis === 'y') return along > slop && along > across;
    return Math.hypot(across, along) > slop;
  }

  private tell(state: number, now: Moment, deltaX: number, deltaY: number): void {
    this.hooks.emit(this.event(state, now, deltaX, deltaY));
  }

  private event(state: number, now: Moment, deltaX: number, deltaY: number): GestureEvent {
    const speed = state === GestureState.end ? this.speed.get() : { velocityX: 0, velocityY: 0 };
    return { state, absoluteX: now.x, absoluteY: now.y, deltaX, deltaY, ...speed };
  }
}

/** One or more fingers: their middle, and how far apart they are against the beginning. */
class Scale implements Recognizer {
  private begun: { spread: number; across: number; along: number; angle: number } | undefined;
  private focus: Moment | undefined;
  private count = 0;
  private speed = new Speed();

  constructor(private readonly hooks: GestureHooks) {}

  take({ type, touches, time }: Touches): void {
    if (type === 'touchend' || type === 'touchcancel') {
      if (touches.length > 0) this.rebase(touches, time);
      else if (this.focus !== undefined) {
        const state = type === 'touchend' ? GestureState.end : GestureState.cancelled;
        this.hooks.emit({
          state,
          ...this.position(this.focus, this.focus),
          ...this.speed.get(),
          ...unscaled,
          pointerCount: 0,
        });
        this.focus = undefined;
      }
      return;
    }
    if (touches.length === 0) return;
    const first = this.focus === undefined;
    if (first || touches.length !== this.count) this.rebase(touches, time);
    const [before, now] = [this.focus ?? middle(touches, time), middle(touches, time)];
    this.focus = now;
    this.speed.add(now);
    const state = first ? GestureState.begin : GestureState.active;
    const event = {
      state,
      ...this.position(now, before),
      velocityX: 0,
      velocityY: 0,
      ...this.ratios(touches),
      pointerCount: touches.length,
    };
    if (first || this.hooks.responds(event)) this.hooks.emit(event);
  }

  private rebase(touches: readonly TouchPoint[], time: number): void {
    this.count = touches.length;
    this.begun = spread(touches);
    this.focus = middle(touches, time);
    this.speed = new Speed();
  }

  private position(now: Moment, before: Moment): Record<string, number> {
    return { focalX: now.x, focalY: now.y, focalDeltaX: now.x - before.x, focalDeltaY: now.y - before.y };
  }

  private ratios(touches: readonly TouchPoint[]): Record<string, number> {
    const { begun } = this;
    if (begun === undefined || touches.length < 2) return unscaled;
    const now = spread(touches);
    const ratio = (one: number, other: number) => (other === 0 ? 1 : one / other);
    return {
      scale: ratio(now.spread, begun.spread),
      horizontalScale: ratio(now.across, begun.across),
      verticalScale: ratio(now.along, begun.along),
      rotation: now.angle - begun.angle,
    };
  }
}

const unscaled = { scale: 1, horizontalScale: 1, verticalScale: 1, rotation: 0 };

function middle(touches: readonly TouchPoint[], time: number): Moment {
  const sum = (read: (point: TouchPoint) => number) => touches.reduce((total, point) => total + read(point), 0);
  const count = Math.max(1, touches.length);
  return { x: sum((point) => point.clientX) / count, y: sum((point) => point.clientY) / count, time };
}

function spread([first, second]: readonly TouchPoint[]) {
  if (first === undefined || second === undefined) return { spread: 0, across: 0, along: 0, angle: 0 };
  const [across, along] = [second.clientX - first.clientX, second.clientY - first.clientY];
  return {
    spread: Math.hypot(across, along),
    across: Math.abs(across),
    along: Math.abs(along),
    angle: Math.atan2(along, across),
  };
}

/** A tap, two taps, or a finger that stays. */
class Press implements Recognizer {
  private origin: Moment | undefined;
  private tapped = Number.NEGATIVE_INFINITY;
  private waiting: { cancel(): void } | undefined;
  private long = false;

  constructor(
    private readonly kind: 'tap' | 'double-tap' | 'long-press',
    private readonly hooks: GestureHooks,
  ) {}

  take({ type, touches, changed, time }: Touches): void {
    const point = changed[0] ?? touches[0];
    if (point === undefined) return;
    const now = { x: point.clientX, y: point.clientY, time };
    if (type === 'touchstart') this.begin(now, touches.length);
    else if (type === 'touchmove') this.move(now);
    else this.finish(now, type === 'touchend');
  }

  private begin(now: Moment, fingers: number): void {
    this.origin = fingers > 1 ? undefined : now;
    this.long = false;
    this.waiting?.cancel();
    if (this.kind !== 'long-press' || this.origin === undefined) return;
    this.waiting = this.hooks.later(() => {
      this.long = true;
      this.tell(GestureState.begin, now);
    }, longPressTime);
  }

  private move(now: Moment): void {
    const { origin } = this;
    if (origin === undefined) return;
    if (this.long) this.tell(GestureState.active, now);
    else if (Math.hypot(now.x - origin.x, now.y - origin.y) > slop) {
      this.waiting?.cancel();
      this.origin = undefined;
    }
  }

  private finish(now: Moment, lifted: boolean): void {
    this.waiting?.cancel();
    if (this.long) this.tell(lifted ? GestureState.end : GestureState.cancelled, now);
    else if (this.origin !== undefined && lifted) this.tap(now);
    this.origin = undefined;
    this.long = false;
  }

  private tap(now: Moment): void {
    if (this.kind === 'tap') this.tell(GestureState.end, now);
    else if (this.kind === 'double-tap' && now.time - this.tapped <= doubleTapTime) {
      this.tapped = Number.NEGATIVE_INFINITY;
      this.tell(GestureState.end, now);
    } else this.tapped = now.time;
  }

  private tell(state: number, now: Moment): void {
    const from = this.origin ?? now;
    this.hooks.emit({
      state,
      absoluteX: now.x,
      absoluteY: now.y,
      translationX: now.x - from.x,
      translationY: now.y - from.y,
      velocityX: 0,
      velocityY: 0,
    });
  }
}

/** What a tag recognises; undefined for a tag that is no gesture handler. */
export function recognizerFor(tag: string, hooks: GestureHooks): Recognizer | undefined {
  switch (tag) {
    case 'pan-gesture-handler':
      return new Drag('both', hooks);
    case 'vertical-drag-gesture-handler':
      return new Drag('y', hooks);
    case 'horizontal-drag-gesture-handler':
      return new Drag('x', hooks);
    case 'scale-gesture-handler':
      return new Scale(hooks);
    case 'tap-gesture-handler':
      return new Press('tap', hooks);
    case 'double-tap-gesture-handler':
      return new Press('double-tap', hooks);
    case 'long-press-gesture-handler':
    case 'force-press-gesture-handler':
      return new Press('long-press', hooks);
    default:
      return undefined;
  }
}
