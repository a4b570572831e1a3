/**
 * A place in the text that the app fills itself (`editor-portal`). The document holds only its number; what stands in
 * the place is the app's, drawn by the page like anything else, and no part of the text.
 */
import { BlockEmbed } from 'quill/blots/block.js';
import type { EditorHooks } from './contract';

export const customBlock = { name: 'customBlock', class: 'ql-custom-block' } as const;

const number = /^[\w-]{1,64}$/;

export function customBlockBlot(hooks: EditorHooks) {
  return class CustomBlock extends BlockEmbed {
    static override blotName = customBlock.name;
    static override tagName = 'DIV';
    static override className = customBlock.class;

    static override create(value: unknown): HTMLElement {
      const node = super.create(value) as HTMLElement;
      const id = typeof value === 'string' && number.test(value) ? value : '';
      node.dataset['blockId'] = id;
      node.contentEditable = 'false';
      hooks.block(id, node);
      return node;
    }

    static override value(node: HTMLElement): string {
      return node.dataset['blockId'] ?? '';
    }

    // Changes inside are the app's and no typing.
    override update(): void {}
  };
}

/** A number that no other block of any text has. */
export function newBlockId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `block-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
