/** `ScrollViewContext`, what `node()` gives for an enhanced scroll-view. */

import type { BackendElement } from '../backend/element';
import { nodeOf } from '../components/instance';
import { selectOne } from '../components/select';
import type { ContextTarget } from './target';

/** Settings that the context's properties write, by the attribute they stand for. */
const settings = {
  scrollEnabled: 'mezze.scroll-enabled',
  bounces: 'bounces',
  showScrollbar: 'show-scrollbar',
  pagingEnabled: 'paging-enabled',
  fastDeceleration: 'fast-deceleration',
  decelerationDisabled: 'mezze.deceleration-disabled',
} as const;

const initially: Record<keyof typeof settings, boolean> = {
  scrollEnabled: true,
  bounces: true,
  showScrollbar: true,
  pagingEnabled: false,
  fastDeceleration: false,
  decelerationDisabled: false,
};

export class ScrollViewContext {
  declare scrollEnabled: boolean;
  declare bounces: boolean;
  declare showScrollbar: boolean;
  declare pagingEnabled: boolean;
  declare fastDeceleration: boolean;
  declare decelerationDisabled: boolean;

  readonly #target: ContextTarget;

  constructor(target: ContextTarget) {
    this.#target = target;
    for (const [name, attribute] of Object.entries(settings)) {
      let value = initially[name as keyof typeof settings];
      Object.defineProperty(this, name, {
        enumerable: true,
        get: () => value,
        set: (wanted: unknown) => {
          value = Boolean(wanted);
          const backend = target.element.getBackendElement() as BackendElement | null;
          backend?.setAttribute(attribute, value);
        },
      });
    }
  }

  /** `{ top, left, velocity, duration, animated }`. */
  scrollTo(options: unknown): void {
    this.#target.tell('scrollTo', record(options));
  }

  /** Brings an element of the scroll-view into view: `offset`, `withinExtent`, `alignment`, `animated`. */
  scrollIntoView(selector: unknown, options?: unknown): void {
    const { element } = this.#target;
    const scope = element.ownerShadowRoot?.getHostNode();
    const found = selectOne(scope && nodeOf(scope.getMethodCaller()), selector);
    const backend = found?.getBackendElement() as BackendElement | null | undefined;
    if (backend) this.#target.tell('scrollIntoView', backend.id, record(options));
    else this.#target.api.reporter.warn(`ScrollViewContext.scrollIntoView: no element matches "${String(selector)}"`);
  }

  triggerRefresh(options?: unknown): void {
    this.#target.tell('triggerRefresh', record(options));
  }

  closeRefresh(): void {
    this.#target.tell('closeRefresh');
  }

  triggerTwoLevel(options?: unknown): void {
    this.#target.tell('triggerTwoLevel', record(options));
  }

  closeTwoLevel(options?: unknown): void {
    this.#target.tell('closeTwoLevel', record(options));
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
