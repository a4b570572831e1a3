/**
 * A grid: `aligned` has rows as high as their highest child, `masonry` puts each child under the shortest column.
 *
 * A masonry places its children by a style sheet of its own (`:nth-child`), since the children's inline styles are
 * the app's.
 */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import { applyPadding } from './padding';

const defaults = {
  type: 'aligned',
  crossAxisCount: 2,
  maxCrossAxisExtent: 0,
  mainAxisGap: 0,
  crossAxisGap: 0,
  padding: null as unknown as null,
};
type Values = typeof defaults;

let nextGrid = 1;

export class GridView extends Component<Values> {
  readonly #name = String(nextGrid++);
  readonly #sizes = new ResizeObserver(() => this.#laterPlace());
  #sheet: CSSStyleSheet | null = null;
  #waiting = false;
  #watched = new Set<Element>();

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'grid');
    host.dataset['mezzeGrid'] = this.#name;
  }

  override connected(): void {
    this.#sizes.observe(this.host);
    this.childrenChanged();
    this.#layout();
  }

  override disconnected(): void {
    this.#sizes.disconnect();
    this.#watched.clear();
    this.#dropSheet();
  }

  override childrenChanged(): void {
    if (!this.#masonry) return;
    const children = new Set<Element>(this.host.children);
    for (const child of this.#watched) if (!children.has(child)) this.#sizes.unobserve(child);
    for (const child of children) if (!this.#watched.has(child)) this.#sizes.observe(child);
    this.#watched = children;
    this.#place();
  }

  override styleChanged(): void {
    this.#layout();
  }

  protected override update(): void {
    if (this.host.isConnected) this.childrenChanged();
    this.#layout();
  }

  get #masonry(): boolean {
    return this.values.type === 'masonry';
  }

  protected get columns(): number {
    const { crossAxisCount, maxCrossAxisExtent, crossAxisGap } = this.values;
    if (maxCrossAxisExtent <= 0) return Math.max(1, Math.round(crossAxisCount));
    return Math.max(1, Math.ceil(this.#width / (maxCrossAxisExtent + crossAxisGap)));
  }

  get #width(): number {
    const style = getComputedStyle(this.host);
    return this.host.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
  }

  #layout(): void {
    const { mainAxisGap, crossAxisGap, padding } = this.values;
    const { style } = this.host;
    applyPadding(this.host, padding);
    this.host.toggleAttribute('masonry', this.#masonry);
    style.setProperty('--mz-columns', String(this.columns));
    style.setProperty('--mz-row-gap', `${mainAxisGap}px`);
    style.setProperty('--mz-column-gap', `${crossAxisGap}px`);
    if (this.#masonry) this.#laterPlace();
    else this.#dropSheet();
  }

  /** Sizes may not be written while they are being observed. */
  #laterPlace(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      if (!this.host.isConnected) return;
      this.host.style.setProperty('--mz-columns', String(this.columns));
      if (this.#masonry) this.#place();
    });
  }

  #place(): void {
    if (!this.host.isConnected) return;
    const { mainAxisGap, crossAxisGap } = this.values;
    const bottoms = Array.from({ length: this.columns }, () => 0);
    const width = (this.#width - crossAxisGap * (bottoms.length - 1)) / bottoms.length;
    if (width <= 0) return;
    const grid = `[data-mezze-grid="${this.#name}"]`;
    // A child's height hangs on its width: the width of all of them first.
    const rules = [`${grid}[masonry]>*{width:${width}px}`];
    this.#write(rules);
    [...this.host.children].forEach((child, index) => {
      // The spacers of a builder take neither room nor a gap.
      if (child.getClientRects().length === 0) return;
      const column = bottoms.indexOf(Math.min(...bottoms));
      const top = bottoms[column] ?? 0;
      const left = column * (width + crossAxisGap);
      rules.push(`${grid}[masonry]>:nth-child(${index + 1}){transform:translate(${left}px,${top}px)}`);
      bottoms[column] = top + child.getBoundingClientRect().height + mainAxisGap;
    });
    const height = Math.max(0, Math.max(...bottoms) - mainAxisGap);
    rules.push(`${grid}[masonry]::after{height:${height}px}`);
    this.#write(rules);
  }

  #write(rules: string[]): void {
    if (this.#sheet === null) {
      this.#sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
    }
    this.#sheet.replaceSync(rules.join('\n'));
  }

  #dropSheet(): void {
    if (this.#sheet === null) return;
    const sheet = this.#sheet;
    this.#sheet = null;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  }
}
