/** `EditorContext`, what `context()` gives for an editor (`wx.createSelectorQuery().select('#editor').context()`). */
import type { ContextTarget } from './target';

export class EditorContext {
  readonly #target: ContextTarget;

  constructor(target: ContextTarget) {
    this.#target = target;
  }

  /** Changes the style of what is selected. */
  format(name: unknown, value?: unknown): void {
    this.#target.tell('format', String(name), value ?? null);
  }

  /** `{ src, alt, width, height, extClass, nowrap, data }`. */
  insertImage(options?: unknown): Promise<unknown> | undefined {
    return this.#run('insertImage', options);
  }

  /** `{ nowrap }`; gives `{ blockId }`, the `key` of the `editor-portal` that fills the block. */
  insertCustomBlock(options?: unknown): Promise<unknown> | undefined {
    return this.#run('insertCustomBlock', options);
  }

  insertDivider(options?: unknown): Promise<unknown> | undefined {
    return this.#run('insertDivider', options);
  }

  /** `{ text, formats }`. */
  insertText(options?: unknown): Promise<unknown> | undefined {
    return this.#run('insertText', options);
  }

  /** `{ html, text, delta }` */
  getContents(options?: unknown): Promise<unknown> | undefined {
    return this.#run('getContents', options);
  }

  /** `{ html }` or `{ delta }`; a delta goes first. */
  setContents(options?: unknown): Promise<unknown> | undefined {
    return this.#run('setContents', options);
  }

  getBounds(options?: unknown): Promise<unknown> | undefined {
    return this.#run('getBounds', options);
  }

  getSelection(options?: unknown): Promise<unknown> | undefined {
    return this.#run('getSelection', options);
  }

  getSelectionText(options?: unknown): Promise<unknown> | undefined {
    return this.#run('getSelectionText', options);
  }

  /** `{ index, length }` */
  setSelection(options?: unknown): Promise<unknown> | undefined {
    return this.#run('setSelection', options);
  }

  /** `{ index, length }` */
  deleteText(options?: unknown): Promise<unknown> | undefined {
    return this.#run('deleteText', options);
  }

  /** `{ undo, redo }`: how many steps there are each way. */
  getHistoryState(options?: unknown): Promise<unknown> | undefined {
    return this.#run('getHistoryState', options);
  }

  clear(options?: unknown): Promise<unknown> | undefined {
    return this.#run('clear', options);
  }

  removeFormat(options?: unknown): Promise<unknown> | undefined {
    return this.#run('removeFormat', options);
  }

  undo(options?: unknown): Promise<unknown> | undefined {
    return this.#run('undo', options);
  }

  redo(options?: unknown): Promise<unknown> | undefined {
    return this.#run('redo', options);
  }

  blur(options?: unknown): Promise<unknown> | undefined {
    return this.#run('blur', options);
  }

  scrollIntoView(): void {
    this.#target.tell('scrollIntoView');
  }

  #run(name: string, options: unknown): Promise<unknown> | undefined {
    return this.#target.end(name, options, async (args) => {
      const value = await this.#target.ask(name, args);
      return typeof value === 'object' && value !== null ? { ...value } : {};
    });
  }
}
