/** A container that a page opens out of: here its closed look, a surface with colour, corners and a shadow. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import { toPixels } from '../properties';

const defaults = {
  closedColor: 'white',
  closedElevation: 0,
  closedBorderRadius: null as number | string | null,
};
type Values = typeof defaults;

export class OpenContainer extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.update();
  }

  protected override update(): void {
    const { closedColor, closedElevation, closedBorderRadius } = this.values;
    const { style } = this.host;
    style.setProperty('--mz-surface', closedColor);
    style.setProperty('--mz-corner', `${toPixels(closedBorderRadius, 0)}px`);
    const height = Math.max(0, closedElevation);
    style.setProperty('--mz-shadow', height === 0 ? 'none' : `0 ${height / 2}px ${height * 2}px rgba(0,0,0,0.24)`);
  }

  override styleChanged(): void {
    this.update();
  }
}
