/** Shows its content while the window fits the sizes given. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';

const defaults = { minWidth: -1, maxWidth: -1, width: -1, minHeight: -1, maxHeight: -1, height: -1, orientation: '' };

export class MatchMedia extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  protected override update(): void {
    this.resized();
  }

  override connected(): void {
    this.resized();
  }

  override resized(): void {
    const { minWidth, maxWidth, width, minHeight, maxHeight, height, orientation } = this.values;
    const landscape = innerWidth > innerHeight;
    const fits =
      (minWidth < 0 || innerWidth >= minWidth) &&
      (maxWidth < 0 || innerWidth <= maxWidth) &&
      (width < 0 || innerWidth === width) &&
      (minHeight < 0 || innerHeight >= minHeight) &&
      (maxHeight < 0 || innerHeight <= maxHeight) &&
      (height < 0 || innerHeight === height) &&
      (orientation === '' || (orientation === 'landscape') === landscape);
    this.host.classList.toggle('mz-unmatched', !fits);
  }

  override classChanged(): void {
    this.resized();
  }
}
