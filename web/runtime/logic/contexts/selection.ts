/** `SelectionContext`, what `context()` gives for a selection: it selects text inside it. */
import type { ContextTarget } from './target';

export class SelectionContext {
  readonly #target: ContextTarget;

  constructor(target: ContextTarget) {
    this.#target = target;
  }

  /** Characters of the whole text inside, from `start` to before `end`. */
  selectRange(start: unknown, end: unknown): void {
    this.#target.tell('selectRange', start, end);
  }

  /** From a character of one text to a character of another, by the texts' ids. */
  setBaseAndExtent(anchorNodeId: unknown, anchorOffset: unknown, focusNodeId: unknown, focusOffset: unknown): void {
    this.#target.tell('setBaseAndExtent', anchorNodeId, anchorOffset, focusNodeId, focusOffset);
  }

  removeSelection(): void {
    this.#target.tell('removeSelection');
  }
}
