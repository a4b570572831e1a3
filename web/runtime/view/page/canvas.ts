import type { LayoutDefaults } from '../../protocol/frame-port';

/**
 * What surrounds the page's root: its background spreads over the whole window, as that of a document's body does,
 * and the variables that stand for the safe area.
 */
export class PageCanvas {
  #dirty = true;
  #batches = 0;

  constructor(
    private readonly root: HTMLElement,
    componentStyle: 'v1' | 'v2',
    layout: LayoutDefaults | undefined,
    safeAreaBottom: number,
  ) {
    const { documentElement } = document;
    documentElement.dataset['mezzeStyle'] = componentStyle;
    if (layout?.skyline) documentElement.dataset['mezzeSkyline'] = `${layout.display} ${layout.box}`;
    for (const side of ['top', 'right', 'left']) documentElement.style.setProperty(`--mezze-safe-area-${side}`, '0px');
    documentElement.style.setProperty('--mezze-safe-area-bottom', `${safeAreaBottom}px`);
  }

  /** The root's look may have changed: style sheets, its style, the colour scheme. */
  changed(): void {
    this.#dirty = true;
    if (this.#batches > 0) this.#spread();
  }

  batchApplied(): void {
    this.#batches += 1;
    if (this.#dirty) this.#spread();
  }

  #spread(): void {
    this.#dirty = false;
    const colour = getComputedStyle(this.root).backgroundColor;
    document.documentElement.style.backgroundColor = /rgba\(.*, 0\)|^transparent$/.test(colour) ? '' : colour;
  }
}
