/** What an app draws into a block of an editor's text. Without its block, or outside of an editor, it is not seen. */
import type { ViewContext } from '../../view/context';
import { standFor, type ViewNode, viewNodeOf } from '../../view/node';
import { Component } from '../component';
import { Editor } from './editor';

const defaults = { key: '' };

export class EditorPortal extends Component<typeof defaults> {
  readonly #content = document.createElement('mz-editor-portal-content');
  #editor: Editor | undefined;
  #block = '';

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.append(this.#content);
    standFor(this.#content, node);
  }

  override get container(): Node {
    return this.#content;
  }

  override connected(): void {
    const around = this.host.closest('mz-editor');
    const component: unknown = around === null ? undefined : viewNodeOf(around)?.component;
    this.#editor = component instanceof Editor ? component : undefined;
    this.#follow();
  }

  override disconnected(): void {
    this.#leave();
    this.#editor = undefined;
  }

  protected override update(): void {
    if (this.host.isConnected) this.#follow();
  }

  #follow(): void {
    if (this.values.key === this.#block) return;
    this.#leave();
    this.#block = this.values.key;
    if (this.#block !== '') this.#editor?.fill(this.#block, this.#content);
  }

  #leave(): void {
    if (this.#block !== '') this.#editor?.fill(this.#block, undefined);
    this.#block = '';
    this.host.append(this.#content);
  }
}
