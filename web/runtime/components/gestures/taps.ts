/** Handlers of taps: one, two, a long press, and a hard one. A mouse counts as a finger. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { GestureHandler, gestureState } from './handler';

const slop = 18;
const longPressAfter = 500;
const betweenTaps = 300;
/** Pressures that begin a hard press, as the original's engine has them. */
const hardPress = 0.4;

interface Press {
  x: number;
  y: number;
  moved: boolean;
  trail: { x: number; y: number; time: number }[];
}

/** One finger from its coming to its leaving; pointer events, since these handlers take nothing from anyone. */
abstract class PressHandler extends GestureHandler {
  protected press: Press | null = null;
  #pointer = -1;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context);
    host.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      const { clientX: x, clientY: y } = event;
      this.#pointer = event.pointerId;
      this.press = { x, y, moved: false, trail: [{ x, y, time: performance.now() }] };
      this.began(x, y);
      addEventListener('pointermove', this.#move);
      addEventListener('pointerup', this.#up);
      addEventListener('pointercancel', this.#up);
    });
  }

  protected abstract began(x: number, y: number): void;
  protected moved(_x: number, _y: number, _event: PointerEvent): void {}
  protected abstract ended(x: number, y: number, cancelled: boolean): void;

  readonly #move = (event: PointerEvent) => {
    const { press } = this;
    if (press === null || event.pointerId !== this.#pointer) return;
    const { clientX: x, clientY: y } = event;
    press.moved ||= Math.hypot(x - press.x, y - press.y) > slop;
    press.trail.push({ x, y, time: performance.now() });
    if (press.trail.length > 6) press.trail.shift();
    this.moved(x, y, event);
  };

  readonly #up = (event: PointerEvent) => {
    if (event.pointerId !== this.#pointer) return;
    removeEventListener('pointermove', this.#move);
    removeEventListener('pointerup', this.#up);
    removeEventListener('pointercancel', this.#up);
    this.#pointer = -1;
    this.ended(event.clientX, event.clientY, event.type === 'pointercancel');
    this.press = null;
  };

  override disconnected(): void {
    removeEventListener('pointermove', this.#move);
    removeEventListener('pointerup', this.#up);
    removeEventListener('pointercancel', this.#up);
  }
}

export class TapHandler extends PressHandler {
  protected began(): void {}

  protected ended(x: number, y: number, cancelled: boolean): void {
    if (cancelled || this.press?.moved !== false) return;
    const at = { absoluteX: x, absoluteY: y };
    // A gesture without duration is told once, as recognised.
    if (this.accepted(at)) this.tell(gestureState.begin, at);
  }
}

export class DoubleTapHandler extends PressHandler {
  #last = { time: Number.NEGATIVE_INFINITY, x: 0, y: 0 };

  protected began(): void {}

  protected ended(x: number, y: number, cancelled: boolean): void {
    if (cancelled || this.press?.moved !== false) return;
    const now = performance.now();
    const { time, x: lastX, y: lastY } = this.#last;
    const second = now - time < betweenTaps && Math.hypot(x - lastX, y - lastY) < 100;
    this.#last = { time: second ? Number.NEGATIVE_INFINITY : now, x, y };
    const at = { absoluteX: x, absoluteY: y };
    if (second && this.accepted(at)) this.tell(gestureState.begin, at);
  }
}

export class LongPressHandler extends PressHandler {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #recognised = false;

  protected began(x: number, y: number): void {
    this.#recognised = false;
    this.tell(gestureState.possible, this.#at(x, y));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.press === null || this.press.moved || !this.accepted(this.#at(x, y))) return;
      this.#recognised = true;
      this.context.touches.cancelTap();
      this.tell(gestureState.begin, this.#at(x, y));
    }, longPressAfter);
  }

  protected override moved(x: number, y: number): void {
    if (this.#recognised) this.tellActive(() => this.#at(x, y));
    else if (this.press?.moved) clearTimeout(this.#timer);
  }

  protected ended(x: number, y: number, cancelled: boolean): void {
    clearTimeout(this.#timer);
    const state = this.#recognised && !cancelled ? gestureState.end : gestureState.cancelled;
    this.tell(state, this.#at(x, y));
    this.#recognised = false;
  }

  #at(x: number, y: number): Record<string, number> {
    const { press } = this;
    const first = press?.trail[0];
    const time = first === undefined ? 1 : Math.max(1, performance.now() - first.time);
    return {
      absoluteX: x,
      absoluteY: y,
      translationX: x - (press?.x ?? x),
      translationY: y - (press?.y ?? y),
      velocityX: first === undefined ? 0 : ((x - first.x) / time) * 1000,
      velocityY: first === undefined ? 0 : ((y - first.y) / time) * 1000,
    };
  }
}

/** Only screens and pens that feel pressure give it; a mouse never does. */
export class ForcePressHandler extends PressHandler {
  #recognised = false;

  protected began(): void {
    this.#recognised = false;
  }

  protected override moved(x: number, y: number, event: PointerEvent): void {
    if (event.pointerType === 'mouse') return;
    const detail = { absoluteX: x, absoluteY: y, pressure: event.pressure };
    if (this.#recognised) this.tellActive(() => detail);
    else if (event.pressure >= hardPress && this.accepted(detail)) {
      this.#recognised = true;
      this.tell(gestureState.begin, detail);
    }
  }

  protected ended(x: number, y: number, cancelled: boolean): void {
    if (!this.#recognised) return;
    const state = cancelled ? gestureState.cancelled : gestureState.end;
    this.tell(state, { absoluteX: x, absoluteY: y, pressure: 0 });
    this.#recognised = false;
  }
}
