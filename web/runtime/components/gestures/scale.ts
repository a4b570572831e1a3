/** The handler of two fingers that scale and turn; one finger that drags is told too, with a scale of 1. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { GestureHandler, gestureState } from './handler';

const slop = 10;

interface Fingers {
  count: number;
  focalX: number;
  focalY: number;
  spreadX: number;
  spreadY: number;
  spread: number;
  angle: number;
}

export class ScaleHandler extends GestureHandler {
  #from: Fingers | null = null;
  #last: Fingers | null = null;
  /** Scale and turn of the fingers that were there before one came or left. */
  #scale = 1;
  #rotation = 0;
  #recognised = false;
  #deltaX = 0;
  #deltaY = 0;
  #trail: { x: number; y: number; time: number }[] = [];

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context);
    host.addEventListener('touchstart', (event) => this.#changed(event), { passive: true });
    host.addEventListener('touchmove', (event) => this.#moved(event), { passive: false });
    host.addEventListener('touchend', (event) => this.#changed(event));
    host.addEventListener('touchcancel', (event) => this.#changed(event));
    host.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  /** A finger came or left: distances start anew from what is there. */
  #changed(event: TouchEvent): void {
    const before = this.#last;
    if (event.touches.length === 0) {
      this.#end(event.type === 'touchcancel');
      return;
    }
    if (this.#from !== null && before !== null) {
      this.#scale *= scaleOf(this.#from, before);
      this.#rotation += before.angle - this.#from.angle;
    }
    const fingers = fingersOf(event.touches);
    this.#from = fingers;
    this.#last = fingers;
    if (before === null) this.tell(gestureState.possible, this.#detail(fingers));
  }

  #moved(event: TouchEvent): void {
    const fingers = fingersOf(event.touches);
    const { from, last } = { from: this.#from, last: this.#last };
    if (from === null || last === null) return;
    // From the first movement on, or the browser would zoom the page.
    if (fingers.count > 1 && event.cancelable) event.preventDefault();
    if (!this.#recognised) {
      const far = Math.hypot(fingers.focalX - from.focalX, fingers.focalY - from.focalY) > slop;
      const wide = fingers.count > 1 && Math.abs(fingers.spread - from.spread) > slop / 2;
      if (!far && !wide) return;
      if (!this.accepted(this.#detail(fingers))) return;
      this.#recognised = true;
      this.context.touches.cancelTap();
      this.tell(gestureState.begin, this.#detail(fingers));
    }
    if (event.cancelable) event.preventDefault();
    this.#deltaX += fingers.focalX - last.focalX;
    this.#deltaY += fingers.focalY - last.focalY;
    this.#last = fingers;
    this.#trail.push({ x: fingers.focalX, y: fingers.focalY, time: performance.now() });
    if (this.#trail.length > 6) this.#trail.shift();
    if (this.responds(this.#detail(fingers))) this.tellActive(() => this.#spend(fingers));
  }

  /** A trackpad pinches by a wheel with the control key. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const scale = Math.exp(-event.deltaY / 100);
    const at = { focalX: event.clientX, focalY: event.clientY };
    const still = { focalDeltaX: 0, focalDeltaY: 0, rotation: 0, velocityX: 0, velocityY: 0, pointerCount: 2 };
    const detail = { ...at, ...still, scale, horizontalScale: scale, verticalScale: scale };
    if (!this.accepted(detail)) return;
    this.tell(gestureState.begin, { ...detail, scale: 1, horizontalScale: 1, verticalScale: 1 });
    this.tell(gestureState.active, detail);
    this.tell(gestureState.end, detail);
  }

  #end(cancelled: boolean): void {
    const { last } = { last: this.#last };
    if (last !== null) {
      const [first] = this.#trail;
      const time = first === undefined ? 1 : Math.max(1, performance.now() - first.time);
      const velocityX = first === undefined ? 0 : ((last.focalX - first.x) / time) * 1000;
      const velocityY = first === undefined ? 0 : ((last.focalY - first.y) / time) * 1000;
      const state = this.#recognised && !cancelled ? gestureState.end : gestureState.cancelled;
      this.tell(state, { ...this.#detail(last), velocityX, velocityY, pointerCount: 0 });
    }
    this.#from = null;
    this.#last = null;
    this.#scale = 1;
    this.#rotation = 0;
    this.#recognised = false;
    this.#trail = [];
  }

  #spend(fingers: Fingers): Record<string, number> {
    const detail = { ...this.#detail(fingers), focalDeltaX: this.#deltaX, focalDeltaY: this.#deltaY };
    this.#deltaX = 0;
    this.#deltaY = 0;
    return detail;
  }

  #detail(fingers: Fingers): Record<string, number> {
    const from = this.#from ?? fingers;
    const ratio = (now: number, then: number) => (then > 1 ? now / then : 1);
    return {
      focalX: fingers.focalX,
      focalY: fingers.focalY,
      focalDeltaX: 0,
      focalDeltaY: 0,
      scale: this.#scale * scaleOf(from, fingers),
      horizontalScale: ratio(fingers.spreadX, from.spreadX),
      verticalScale: ratio(fingers.spreadY, from.spreadY),
      rotation: this.#rotation + fingers.angle - from.angle,
      velocityX: 0,
      velocityY: 0,
      pointerCount: fingers.count,
    };
  }
}

function scaleOf(from: Fingers, to: Fingers): number {
  return from.count > 1 && to.count > 1 && from.spread > 0 ? to.spread / from.spread : 1;
}

function fingersOf(touches: TouchList): Fingers {
  const points = [...touches];
  const count = Math.max(1, points.length);
  const focalX = points.reduce((sum, point) => sum + point.clientX, 0) / count;
  const focalY = points.reduce((sum, point) => sum + point.clientY, 0) / count;
  const mean = (distance: (point: Touch) => number) => points.reduce((sum, point) => sum + distance(point), 0) / count;
  const [first, second] = points;
  return {
    count: points.length,
    focalX,
    focalY,
    spreadX: mean((point) => Math.abs(point.clientX - focalX)),
    spreadY: mean((point) => Math.abs(point.clientY - focalY)),
    spread: mean((point) => Math.hypot(point.clientX - focalX, point.clientY - focalY)),
    angle:
      first === undefined || second === undefined
        ? 0
        : Math.atan2(second.clientY - first.clientY, second.clientX - first.clientX),
  };
}
