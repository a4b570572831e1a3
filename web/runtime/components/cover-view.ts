/** Text over native components: here a box like any other, which scrolls to `scroll-top` where its style lets it. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';
import { toPixels } from './properties';

const defaults = { scrollTop: null as number | string | null };

export class CoverView extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override get scroller(): HTMLElement {
    return this.host;
  }

  override connected(): void {
    this.update();
  }

  protected override update(): void {
    if (this.values.scrollTop !== null) this.host.scrollTop = toPixels(this.values.scrollTop, 0);
  }
}
