/** `DraggableSheetContext`, what `node()` gives for a draggable-sheet. */
import type { ContextTarget } from './target';

export class DraggableSheetContext {
  readonly #target: ContextTarget;

  constructor(target: ContextTarget) {
    this.#target = target;
  }

  /** `{ size, pixels, animated, duration, easingFunction }`: a share of the sheet's place, or CSS pixels. */
  scrollTo(options: unknown): void {
    this.#target.tell('scrollTo', typeof options === 'object' && options !== null ? options : {});
  }
}
