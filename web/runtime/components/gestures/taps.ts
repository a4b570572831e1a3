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

/** One finger from its coming to its leaving; a mouse counts as one. */
abstract class PressHandler extends GestureHandler {
  protected press: Press | null = null;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context);
    host.addEventListener('touchstart', (event) => this.#touchStart(event), { passive: true });
    host.addEventListener('touchmove', (event) => this.#touchMove(event), { passive: false });
    host.addEventListener('touchend', (event) => this.#touchEnd(event, false));
    host.addEventListener('touchcancel', (event) => this.#touchEnd(event, true));
    host.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'touch' || event.button !== 0) return;
      this.#begin(event.clientX, event.clientY);
      addEventListener('pointermove', this.#mouseMove);
      addEventListener('pointerup', this.#mouseUp);
      addEventListener('pointercancel', this.#mouseUp);
    });
  }

  override disconnected(): void {
    this.press = null;
    this.#forgetMouse();
  }

  protected abstract began(x: number, y: number): void;
  protected moved(_x: number, _y: number, _force: number): void {}
  protected abstract ended(x: number, y: number, cancelled: boolean): void;

  /** True once the gesture is recognised: the browser must not scroll under it any more. */
  protected get holds(): boolean {
    return false;
  }

  #touchStart(event: TouchEvent): void {
    const [touch] = event.touches;
    if (event.touches.length === 1 && touch !== undefined) this.#begin(touch.clientX, touch.clientY);
    else this.#end(0, 0, true);
  }

  #touchMove(event: TouchEvent): void {
    const [touch] = event.touches;
    if (touch === undefined || this.press === null) return;
    if (this.holds && event.cancelable) event.preventDefault();
    this.#move(touch.clientX, touch.clientY, touch.force);
  }

  #touchEnd(event: TouchEvent, cancelled: boolean): void {
    const [touch] = event.changedTouches;
    if (touch !== undefined) this.#end(touch.clientX, touch.clientY, cancelled);
  }

  readonly #mouseMove = (event: PointerEvent) => this.#move(event.clientX, event.clientY, 0);

  readonly #mouseUp = (event: PointerEvent) => {
    this.#forgetMouse();
    this.#end(event.clientX, event.clientY, event.type === 'pointercancel');
  };

  #forgetMouse(): void {
    removeEventListener('pointermove', this.#mouseMove);
    removeEventListener('pointerup', this.#mouseUp);
    removeEventListener('pointercancel', this.#mouseUp);
  }

  #begin(x: number, y: number): void {
    this.press = { x, y, moved: false, trail: [{ x, y, time: performance.now() }] };
    this.began(x, y);
  }

  #move(x: number, y: number, force: number): void {
    const { press } = this;
    if (press === null) return;
    press.moved ||= Math.hypot(x - press.x, y - press.y) > slop;
    press.trail.push({ x, y, time: performance.now() });
    if (press.trail.length > 6) press.trail.shift();
    this.moved(x, y, force);
  }

  #end(x: number, y: number, cancelled: boolean): void {
    if (this.press === null) return;
    this.ended(x, y, cancelled);
    this.press = null;
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

  protected override get holds(): boolean {
    return this.#recognised;
  }

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

  protected override moved(x: number, y: number, force: number): void {
    const detail = { absoluteX: x, absoluteY: y, pressure: force };
    if (this.#recognised) this.tellActive(() => detail);
    else if (force >= hardPress && this.accepted(detail)) {
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
