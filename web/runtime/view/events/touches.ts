/**
 * Touches, and what a touch turns into: tap, longpress, longtap. A mouse counts as a touch of one finger.
 *
 * A tap is a touch that moved less than 10 px and scrolled nothing. After 350 ms it is a longpress; if someone
 * listened for that, no tap follows.
 */
import type { TouchPoint } from '../../protocol';
import { nearestViewNode, type ViewNode } from '../node';
import type { Hover } from './hover';
import type { EventSender } from './sender';

const tapSlop = 10;
const longPressAfter = 350;
/** A finger at rest trembles by this much; scrolling under it is none of its doing. */
const tremble = 2;

export interface TouchParts {
  events: EventSender;
  hover: Hover;
  /** True where a tap has no effect: on a disabled button. */
  blocksTap(node: ViewNode): boolean;
  activate(node: ViewNode, event: Event, detail: { x: number; y: number }, points: TouchPoint[]): void;
}

interface Sequence {
  node: ViewNode;
  identifier: number;
  startX: number;
  startY: number;
  distance: number;
  mayTap: boolean;
  longPress: ReturnType<typeof setTimeout> | undefined;
}

const mouseIdentifier = 0;

export class TouchTracker {
  #sequence: Sequence | null = null;
  #mouseTarget: EventTarget | null = null;
  #force = 0;

  constructor(private readonly parts: TouchParts) {
    const passive = { capture: true, passive: true } as const;
    document.addEventListener('touchstart', (event) => this.#touchStart(event), passive);
    document.addEventListener('touchmove', (event) => this.#touchMove(event), passive);
    document.addEventListener('touchend', (event) => this.#touchEnd(event, 'touchend'), passive);
    document.addEventListener('touchcancel', (event) => this.#touchEnd(event, 'touchcancel'), passive);
    document.addEventListener('scroll', () => this.#scrolled(), passive);
    document.addEventListener('pointerdown', (event) => this.#mouseDown(event), { capture: true });
    window.addEventListener('pointermove', (event) => this.#mouseMove(event), { capture: true });
    window.addEventListener('pointerup', (event) => this.#mouseUp(event, 'touchend'), { capture: true });
    window.addEventListener('pointercancel', (event) => this.#mouseUp(event, 'touchcancel'), { capture: true });
    window.addEventListener('blur', () => this.#giveUp());
  }

  /** No tap and no hover from the touch that is going on: a drag has taken it over. */
  cancelTap(): void {
    this.#giveUp();
  }

  #touchStart(event: TouchEvent): void {
    const node = nearestViewNode(event.target);
    const touch = event.changedTouches[0];
    if (node === null || touch === undefined) return;
    this.#report(node, 'touchstart', points(event.touches), points(event.changedTouches));
    if (event.touches.length > 1) this.#giveUp();
    else this.#begin(node, event, touch.identifier, pointOf(touch));
  }

  #touchMove(event: TouchEvent): void {
    const touch = event.changedTouches[0];
    const node = nearestViewNode(event.target);
    if (touch === undefined || node === null) return;
    this.#watchDistance(touch.clientX, touch.clientY);
    this.#watchForce(node, event, touch.force);
    if (!this.parts.events.listeners.wanted(node, 'touchmove')) return;
    const all = points(event.touches);
    const changed = points(event.changedTouches);
    this.parts.events.coalesce(`touchmove ${touch.identifier}`, () => this.#send(node, 'touchmove', all, changed));
  }

  #touchEnd(event: TouchEvent, type: 'touchend' | 'touchcancel'): void {
    const touch = event.changedTouches[0];
    const node = nearestViewNode(event.target);
    if (touch === undefined || node === null) return;
    this.parts.events.flush(`touchmove ${touch.identifier}`);
    this.#report(node, type, points(event.touches), points(event.changedTouches));
    this.#finish(event, type === 'touchend', pointOf(touch));
  }

  #mouseDown(event: PointerEvent): void {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    const node = nearestViewNode(event.target);
    if (node === null) return;
    this.#mouseTarget = event.target;
    const point = pointOf(event);
    this.#report(node, 'touchstart', [point], [point]);
    this.#begin(node, event, mouseIdentifier, point);
  }

  #mouseMove(event: PointerEvent): void {
    if (this.#mouseTarget === null || event.pointerType === 'touch') return;
    const node = nearestViewNode(this.#mouseTarget);
    if (node === null) return;
    this.#watchDistance(event.clientX, event.clientY);
    if (!this.parts.events.listeners.wanted(node, 'touchmove')) return;
    const point = pointOf(event);
    this.parts.events.coalesce('touchmove 0', () => this.#send(node, 'touchmove', [point], [point]));
  }

  #mouseUp(event: PointerEvent, type: 'touchend' | 'touchcancel'): void {
    if (this.#mouseTarget === null || event.pointerType === 'touch') return;
    const node = nearestViewNode(this.#mouseTarget);
    this.#mouseTarget = null;
    if (node === null) return;
    this.parts.events.flush('touchmove 0');
    const point = pointOf(event);
    this.#report(node, type, [], [point]);
    this.#finish(event, type === 'touchend', point);
  }

  #begin(node: ViewNode, event: Event, identifier: number, point: TouchPoint): void {
    this.#giveUp();
    const sequence: Sequence = {
      node,
      identifier,
      startX: point.clientX,
      startY: point.clientY,
      distance: 0,
      mayTap: true,
      longPress: undefined,
    };
    sequence.longPress = setTimeout(() => this.#longPress(sequence, event, point), longPressAfter);
    this.#sequence = sequence;
    this.parts.hover.start(node);
  }

  #watchDistance(x: number, y: number): void {
    const sequence = this.#sequence;
    if (sequence === null) return;
    sequence.distance = Math.max(sequence.distance, Math.hypot(x - sequence.startX, y - sequence.startY));
    if (sequence.distance > tapSlop) this.#giveUp();
  }

  /** Screens that feel how hard they are pressed say so with each movement. */
  #watchForce(node: ViewNode, event: TouchEvent, force: number): void {
    const before = this.#force;
    this.#force = force;
    if (force === before || force <= 0 || force >= 1) return;
    if (!this.parts.events.listeners.wanted(node, 'touchforcechange')) return;
    const all = points(event.touches);
    const changed = points(event.changedTouches);
    this.parts.events.coalesce('touchforcechange', () => this.#send(node, 'touchforcechange', all, changed));
  }

  #scrolled(): void {
    if (this.#sequence !== null && this.#sequence.distance > tremble) this.#giveUp();
  }

  #longPress(sequence: Sequence, event: Event, point: TouchPoint): void {
    if (this.#sequence !== sequence || !sequence.mayTap || this.parts.blocksTap(sequence.node)) return;
    const { events } = this.parts;
    const wanted = events.listeners.wanted(sequence.node, 'longpress');
    if (wanted) {
      sequence.mayTap = false;
      this.#gesture(sequence.node, 'longpress', event, point);
    }
    if (events.listeners.wanted(sequence.node, 'longtap')) this.#gesture(sequence.node, 'longtap', event, point);
  }

  #gesture(node: ViewNode, type: string, event: Event, point: TouchPoint): void {
    const gesture = this.parts.events.gesture(event, node, type);
    const detail = { x: point.pageX, y: point.pageY };
    this.parts.events.send(node, type, detail, {
      touches: [point],
      changedTouches: [point],
      ...(gesture === undefined ? {} : { gesture }),
    });
  }

  #finish(event: Event, ended: boolean, point: TouchPoint): void {
    const sequence = this.#sequence;
    if (sequence === null) return;
    this.#sequence = null;
    clearTimeout(sequence.longPress);
    this.parts.hover.end();
    if (!ended || !sequence.mayTap || this.parts.blocksTap(sequence.node)) return;
    this.parts.activate(sequence.node, event, { x: point.pageX, y: point.pageY }, [point]);
  }

  #giveUp(): void {
    if (this.#sequence === null) return;
    clearTimeout(this.#sequence.longPress);
    this.#sequence = null;
    this.parts.hover.cancel();
  }

  #report(node: ViewNode, type: string, touches: TouchPoint[], changed: TouchPoint[]): void {
    if (this.parts.events.listeners.wanted(node, type)) this.#send(node, type, touches, changed);
  }

  #send(node: ViewNode, type: string, touches: TouchPoint[], changedTouches: TouchPoint[]): number {
    return this.parts.events.send(node, type, {}, { touches, changedTouches });
  }
}

function points(list: TouchList): TouchPoint[] {
  return Array.from(list, pointOf);
}

function pointOf(touch: Touch | PointerEvent): TouchPoint {
  const { pageX, pageY, clientX, clientY } = touch;
  const identifier = 'identifier' in touch ? touch.identifier : mouseIdentifier;
  return { identifier, pageX, pageY, clientX, clientY, force: 'force' in touch ? touch.force || 1 : 1 };
}
