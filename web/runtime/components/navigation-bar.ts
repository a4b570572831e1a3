/** Settings of the page's bar that a page draws as a tag inside `page-meta`. It shows nothing itself. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';

const defaults = {
  title: '',
  loading: false,
  frontColor: '',
  backgroundColor: '',
  colorAnimationDuration: 0,
  colorAnimationTimingFunc: 'linear',
};
type Values = typeof defaults;

export class NavigationBar extends Component<Values> {
  #waiting = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override connected(): void {
    this.#tellSoon();
  }

  protected override update(): void {
    this.#tellSoon();
  }

  /** Once a turn: the attributes of a tag come one by one. */
  #tellSoon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.host.isConnected) this.#tell();
    });
  }

  #tell(): void {
    const { attributes } = this.node;
    const { title, loading, frontColor, backgroundColor } = this.values;
    const { colorAnimationDuration: duration, colorAnimationTimingFunc: timing } = this.values;
    const settings: Record<string, unknown> = { duration, timing };
    if (attributes?.has('title')) settings['title'] = title;
    if (attributes?.has('loading')) settings['loading'] = loading;
    if (frontColor !== '') settings['frontColor'] = frontColor;
    if (backgroundColor !== '') settings['backgroundColor'] = backgroundColor;
    this.context.services
      .ask(this.node, 'page.bar', settings)
      .catch((reason: unknown) => this.context.warn(`navigation-bar: ${String(reason)}`));
  }
}
