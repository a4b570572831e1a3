/**
 * What a tap does: it is reported, and the built-ins on its way up act on it (a label ticks its box, a button submits
 * its form). A node that catches the tap ends the way for those further out.
 */
import type { TouchPoint } from '../../protocol';
import { nearestViewNode, type ViewNode } from '../node';
import type { EventSender } from './sender';

export class Activations {
  #lastPointerTap = Number.NEGATIVE_INFINITY;

  constructor(private readonly events: EventSender) {
    document.addEventListener('keydown', (event) => this.#key(event));
    // Assistive technology clicks without touching; a click that follows a touch was reported as its tap already.
    document.addEventListener('click', (event) => {
      if (event.detail === 0 && performance.now() - this.#lastPointerTap > 500) this.#withoutPointer(event);
    });
  }

  /** A tap by pointer at a node. */
  tap(node: ViewNode, event: Event, detail: { x: number; y: number }, points: TouchPoint[]): void {
    this.#lastPointerTap = performance.now();
    this.#run(node, event, detail, points, false);
  }

  blocksTap(target: ViewNode): boolean {
    for (let node: ViewNode | null = target; node !== null; node = node.parent) {
      if (node.component?.disabled()) return true;
    }
    return false;
  }

  #run(
    target: ViewNode,
    event: Event,
    detail: { x: number; y: number },
    points: TouchPoint[],
    byKeyboard: boolean,
  ): void {
    const openType = openTypeAt(target);
    const wanted = this.events.listeners.wanted(target, 'tap');
    const gesture =
      wanted || openType !== undefined || takesGesture(target)
        ? this.events.gesture(event, target, 'tap', openType)
        : undefined;
    // A map tells of its taps itself, with their place.
    if (wanted && target.component?.tapDetail?.(detail) !== null) {
      const proof = gesture === undefined ? {} : { gesture };
      this.events.send(target, 'tap', detail, { touches: points, changedTouches: points, ...proof });
    }
    const activation = { target, gesture, byKeyboard, detail };
    for (let node: ViewNode | null = target; node !== null; node = node.parent) {
      if (node.component?.activate(activation)) return;
      if (this.events.listeners.catches(node, 'tap')) return;
    }
  }

  #key(event: KeyboardEvent): void {
    if ((event.key !== 'Enter' && event.key !== ' ') || event.defaultPrevented || event.repeat) return;
    const element = event.target;
    if (!(element instanceof HTMLElement) || element.matches('input,textarea,[contenteditable]')) return;
    if (!element.hasAttribute('tabindex')) return;
    event.preventDefault();
    this.#withoutPointer(event);
  }

  #withoutPointer(event: Event): void {
    const node = nearestViewNode(event.target);
    const element = node?.element;
    if (node === null || !element || this.blocksTap(node)) return;
    const rect = element.getBoundingClientRect();
    const clientX = rect.left + rect.width / 2;
    const clientY = rect.top + rect.height / 2;
    const point = { identifier: 0, pageX: clientX + scrollX, pageY: clientY + scrollY, clientX, clientY, force: 1 };
    this.#run(node, event, { x: point.pageX, y: point.pageY }, [point], true);
  }
}

function openTypeAt(target: ViewNode): string | undefined {
  for (let node: ViewNode | null = target; node !== null; node = node.parent) {
    if (node.tag === 'button') {
      const openType = node.attributes?.get('openType');
      return typeof openType === 'string' && openType !== '' ? openType : undefined;
    }
  }
  return undefined;
}

function takesGesture(target: ViewNode): boolean {
  for (let node: ViewNode | null = target; node !== null; node = node.parent) {
    if (node.tag === 'navigator' || (node.tag === 'button' && node.attributes?.has('formType'))) return true;
  }
  return false;
}
