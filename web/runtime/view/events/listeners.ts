/**
 * Which node listens to what, as the logic side registered it. Bubbling happens there; from this table the frame
 * decides what is worth reporting, whether a touchmove is stopped at once, and whether a node can be reached by Tab.
 */
import { ListenerFlag } from '../../protocol';
import type { ViewNode } from '../node';

export class ListenerTable {
  readonly #totals = new Map<string, number>();

  set(node: ViewNode, element: HTMLElement, type: string, flags: number): void {
    const before = node.listeners?.get(type) ?? 0;
    if (flags === before) return;
    node.listeners ??= new Map();
    if (flags === 0) node.listeners.delete(type);
    else node.listeners.set(type, flags);
    if (before === 0 || flags === 0) {
      this.#totals.set(type, Math.max(0, (this.#totals.get(type) ?? 0) + (flags === 0 ? -1 : 1)));
    }
    const catches = ListenerFlag.catch;
    if (type === 'touchmove' && (flags & catches) !== (before & catches)) {
      if (flags & catches) element.addEventListener('touchmove', keepStill, { passive: false });
      else element.removeEventListener('touchmove', keepStill);
    }
    if (type === 'tap' && node.id !== 1) makeReachable(element, flags !== 0);
    node.component?.listenersChanged?.(type);
  }

  /** True if the node or one above it listens, so that reporting an event of this type has a reader. */
  wanted(node: ViewNode | null, type: string): boolean {
    if (!this.#totals.get(type)) return false;
    for (let at = node; at !== null; at = at.parent) if (at.listeners?.has(type)) return true;
    return false;
  }

  has(node: ViewNode, type: string): boolean {
    return node.listeners?.has(type) ?? false;
  }

  catches(node: ViewNode, type: string): boolean {
    return ((node.listeners?.get(type) ?? 0) & ListenerFlag.catch) !== 0;
  }
}

/** A catching touchmove stops the page from scrolling, but not a scroll-view or a field inside. */
function keepStill(event: TouchEvent): void {
  const inner =
    event.target instanceof Element ? event.target.closest('mz-scroll-view,mz-textarea,mz-swiper,mz-slider') : null;
  const catcher = event.currentTarget;
  if (inner !== null && catcher instanceof Element && inner !== catcher && catcher.contains(inner)) return;
  if (event.cancelable) event.preventDefault();
}

function makeReachable(element: HTMLElement, reachable: boolean): void {
  if (reachable) {
    if (!element.hasAttribute('tabindex')) element.tabIndex = 0;
  } else if (!element.hasAttribute('role')) {
    element.removeAttribute('tabindex');
  }
}
