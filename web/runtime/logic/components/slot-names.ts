/**
 * `slot="refresher"` on a child of a built-in: glass-easel keeps slot names for components of its own, and a composed
 * backend never hears of them. The page frame has to, for what built-ins have slots for.
 */
import { Element } from 'glass-easel';
import type { BackendElement } from '../backend/element';

/** Lets every slot name that a template gives reach the page frame as the attribute `slot`. */
export function tellSlotNames(): void {
  const slot = Object.getOwnPropertyDescriptor(Element.prototype, 'slot');
  const { set } = slot ?? {};
  if (slot === undefined || set === undefined) return;
  Object.defineProperty(Element.prototype, 'slot', {
    ...slot,
    set(this: Element, name: unknown) {
      set.call(this, name);
      if (name !== '') (this.getBackendElement() as BackendElement | null)?.setAttribute('slot', String(name));
    },
  });
}
