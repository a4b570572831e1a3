/** Draws its content above the page, out of whatever clips or transforms the place it stands in. */
import type { ViewContext } from '../view/context';
import { standFor, type ViewNode } from '../view/node';
import { Component } from './component';
import { portals } from './portals';

const defaults = { enable: true };

export class RootPortal extends Component<typeof defaults> {
  readonly #content = document.createElement('mz-root-portal-content');

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.append(this.#content);
    standFor(this.#content, node);
  }

  override get container(): Node {
    return this.#content;
  }

  override connected(): void {
    (this.values.enable ? portals() : this.host).append(this.#content);
  }

  override disconnected(): void {
    this.host.append(this.#content);
  }

  protected override update(): void {
    if (this.host.isConnected) this.connected();
  }
}
