/** A list in a scroll-view of type `custom`: a box with a padding of its own. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import { applyPadding } from './padding';

const defaults = { padding: null as unknown as null };

export class ListView extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'list');
  }

  protected override update(): void {
    applyPadding(this.host, this.values.padding);
  }

  override styleChanged(): void {
    this.update();
  }
}
