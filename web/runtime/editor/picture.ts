/**
 * A picture in an editor. Its source stays what the app or the paste said (`data-local`); what is shown comes from
 * the frame's resources, so that no address is loaded that the app has not declared.
 */
import { Parchment } from 'quill/core';
import type { EditorHooks } from './contract';

/** Attributes of a picture, by the name of their format. */
const attributes: Record<string, string> = {
  alt: 'alt',
  width: 'width',
  height: 'height',
  extClass: 'class',
  'data-custom': 'data-custom',
};

export function pictureBlot(hooks: EditorHooks) {
  return class Picture extends Parchment.EmbedBlot {
    static override blotName = 'image';
    static override tagName = 'IMG';

    static override create(value: unknown): HTMLElement {
      const node = super.create(value) as HTMLImageElement;
      const src = typeof value === 'string' ? value : '';
      node.dataset['local'] = src;
      node.draggable = false;
      hooks.picture(src).then(
        (url) => {
          node.src = url;
        },
        () => node.setAttribute('alt', node.getAttribute('alt') ?? ''),
      );
      return node;
    }

    static override value(node: HTMLElement): string {
      return node.dataset['local'] ?? node.getAttribute('src') ?? '';
    }

    static override formats(node: HTMLElement): Record<string, unknown> {
      const found: Record<string, unknown> = {};
      for (const [name, attribute] of Object.entries(attributes)) {
        const value = node.getAttribute(attribute);
        if (value !== null && value !== '') found[name] = value;
      }
      return found;
    }

    override format(name: string, value: unknown): void {
      const node = this.domNode as HTMLElement;
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (attribute === undefined) super.format(name, value);
      else if (value === undefined || value === null || value === false || value === '')
        node.removeAttribute(attribute);
      else node.setAttribute(attribute, String(value).slice(0, 4000));
    }
  };
}
