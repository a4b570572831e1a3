/**
 * `worklet:NAME="method"` in templates: gesture handlers, and what scrolling elements tell frame by frame. The method
 * is the component's own; it is called as any of its methods.
 *
 * The page frame recognises the gestures and knows who listens: `worklet:NAME` is an event type of its own. What a
 * question returns (`should-response-on-move`) goes back as an attribute and holds from the next movement on.
 */
import type { Element, GeneralComponent } from 'glass-easel';
import { ownAttributes } from '../../protocol/operations';
import { ownEvents } from '../../protocol/view-methods';
import type { BackendElement } from '../backend/element';
import { instanceOf } from '../components/instance';

export interface DirectiveParts {
  guard: (what: string, run: () => unknown) => unknown;
}

/** Directives whose function gets an event with a detail, as a listener would; the others get the detail itself. */
const asEvents = new Set(['onscrollstart', 'onscrollupdate', 'onscrollend']);
/** Directives that ask the function something. */
const questions = new Set([
  'should-response-on-move',
  'should-accept-gesture',
  'adjust-deceleration-velocity',
  'onframe',
]);

export class Directives {
  /** Methods that an element's directives name, by directive. */
  private readonly methods = new WeakMap<Element, Map<string, string>>();

  constructor(private readonly parts: DirectiveParts) {}

  /** A template set `worklet:name` of an element; the value may change, the listeners stay. */
  readonly set = (element: Element, given: string, value: unknown): void => {
    if (element.asNativeNode() === null) {
      element.asGeneralComponent()?.triggerWorkletChangeLifetime(given, value);
      return;
    }
    const name = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const own = this.methods.get(element) ?? new Map<string, string>();
    this.methods.set(element, own);
    const known = own.has(name);
    own.set(name, String(value));
    if (!known)
      element.addListener(`${ownEvents.workletPrefix}${name}`, (event) => this.told(element, name, event.detail));
  };

  private told(element: Element, name: string, detail: unknown): void {
    const event = asEvents.has(name) ? { type: name.slice(2), detail } : detail;
    const answer = this.call(element, name, event);
    if (!questions.has(name) || answer === undefined) return;
    const backend = element.getBackendElement() as BackendElement | null;
    backend?.setAttribute(ownAttributes.workletAnswer, { name, value: answer });
  }

  private call(element: Element, name: string, event: unknown): unknown {
    const method = this.methods.get(element)?.get(name);
    const owner = element.ownerShadowRoot?.getHostNode() as GeneralComponent | undefined;
    const instance = owner && (instanceOf(owner) as unknown as Record<string, unknown> | undefined);
    const run = method === undefined ? undefined : instance?.[method];
    // Under the original's other engine these functions are never called, and apps don't prepare for it.
    if (typeof run !== 'function' || instance?.['renderer'] !== 'skyline') return undefined;
    return this.parts.guard(`worklet:${name}`, () => run.call(instance, event));
  }
}
