/**
 * `worklet:NAME="method"` in templates: gesture handlers, and what scrolling elements tell frame by frame. The method
 * is the component's own; it is called as any of its methods.
 */
import type { Element, GeneralComponent, ShadowedEvent } from 'glass-easel';
import { instanceOf } from '../components/instance';
import type { ViewFields } from '../events/shape';
import { type GestureEvent, type Recognizer, recognizerFor, type Touches } from './gesture';

export interface DirectiveParts {
  guard: (what: string, run: () => unknown) => unknown;
  later: (callback: () => void, milliseconds: number) => { cancel(): void };
  now: () => number;
}

/** What one element's directives name, by directive. */
interface Directed {
  methods: Map<string, string>;
  recognizer: Recognizer | undefined;
  scrolling: Scrolling | undefined;
}

const touchTypes = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const;
const scrollDirectives = new Set(['onscrollstart', 'onscrollupdate', 'onscrollend']);
/** Milliseconds without a scroll event after which scrolling has ended. */
const rest = 120;

export class Directives {
  private readonly directed = new WeakMap<Element, Directed>();

  constructor(private readonly parts: DirectiveParts) {}

  /** A template set `worklet:name` of an element; the value may change, the listeners stay. */
  readonly set = (element: Element, name: string, value: unknown): void => {
    const component = element.asGeneralComponent();
    const native = element.asNativeNode();
    if (native === null) {
      component?.triggerWorkletChangeLifetime(name, value);
      return;
    }
    const directive = name.replace(/-/g, '').toLowerCase();
    let own = this.directed.get(element);
    if (own === undefined) {
      own = { methods: new Map(), recognizer: undefined, scrolling: undefined };
      this.directed.set(element, own);
    }
    own.methods.set(directive, String(value));
    if (directive === 'ongesture') this.recognize(element, native.is, own);
    else if (scrollDirectives.has(directive)) this.follow(element, native.is, own);
  };

  private recognize(element: Element, tag: string, own: Directed): void {
    if (own.recognizer !== undefined) return;
    const recognizer = recognizerFor(tag, {
      emit: (event) => void this.call(element, own, 'ongesture', event),
      responds: (event) => this.responds(element, own, event),
      later: this.parts.later,
    });
    if (recognizer === undefined) return;
    own.recognizer = recognizer;
    for (const type of touchTypes) {
      element.addListener(type, (event) => {
        recognizer.take(touchesOf(type, event, this.parts.now()));
      });
    }
  }

  private responds(element: Element, own: Directed, event: GestureEvent): boolean {
    return !own.methods.has('shouldresponseonmove') || this.call(element, own, 'shouldresponseonmove', event) !== false;
  }

  private follow(element: Element, tag: string, own: Directed): void {
    if (own.scrolling !== undefined) return;
    const scrolling = new Scrolling(this.parts.later, (directive, detail) => {
      void this.call(element, own, directive, { type: directive.slice(2), detail });
    });
    own.scrolling = scrolling;
    const moves = tag === 'swiper' ? 'transition' : 'scroll';
    element.addListener(moves, (event) => scrolling.moved(event.detail));
    if (tag === 'swiper') element.addListener('animationfinish', () => scrolling.rested());
  }

  private call(element: Element, own: Directed, directive: string, event: unknown): unknown {
    const method = own.methods.get(directive);
    const owner = element.ownerShadowRoot?.getHostNode() as GeneralComponent | undefined;
    const instance = owner && (instanceOf(owner) as unknown as Record<string, unknown> | undefined);
    const run = method === undefined ? undefined : instance?.[method];
    if (typeof run !== 'function') return undefined;
    return this.parts.guard(`worklet:${directive}`, () => run.call(instance, event));
  }
}

/** Tells a beginning and an end around what moves. */
class Scrolling {
  private moving = false;
  private last: object = {};
  private waiting: { cancel(): void } | undefined;

  constructor(
    private readonly later: DirectiveParts['later'],
    private readonly tell: (directive: string, detail: object) => void,
  ) {}

  moved(given: unknown): void {
    const detail = typeof given === 'object' && given !== null ? given : {};
    this.last = detail;
    this.waiting?.cancel();
    this.waiting = this.later(() => this.rested(), rest);
    if (!this.moving) {
      this.moving = true;
      this.tell('onscrollstart', { ...detail, state: 0 });
    }
    this.tell('onscrollupdate', { ...detail, state: 1 });
  }

  rested(): void {
    if (!this.moving) return;
    this.waiting?.cancel();
    this.moving = false;
    this.tell('onscrollend', { ...this.last, state: 2 });
  }
}

function touchesOf(type: Touches['type'], event: ShadowedEvent<unknown>, now: number): Touches {
  const fields = event.getOriginalEvent() as ViewFields | undefined;
  return {
    type,
    touches: fields?.touches ?? [],
    changed: fields?.changedTouches ?? [],
    time: fields?.timeStamp ?? now,
  };
}
