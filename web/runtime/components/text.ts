/**
 * A text that decodes entities, shows its spaces, or breaks lines where `\n` is written out; any other text is a plain
 * element.
 */
import type { ViewContext } from '../view/context';
import { type ViewNode, viewNodeOf } from '../view/node';
import { Component } from './component';

const defaults = { space: '', decode: false, overflow: 'visible', maxLines: 0 };
type Values = { space: string; decode: boolean; overflow: string; maxLines: number };

const entities: Record<string, string> = {
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  lt: '<',
  gt: '>',
  amp: '&',
  apos: "'",
  quot: '"',
};
const spaces: Record<string, string> = { nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003' };

export class Text extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  protected override update(name: keyof Values): void {
    if (name === 'overflow' || name === 'maxLines') this.styleChanged();
    else this.childrenChanged();
  }

  override classChanged(): void {
    this.styleChanged();
  }

  /** So many lines and no more; what does not fit is cut or ends in an ellipsis. */
  override styleChanged(): void {
    const { overflow, maxLines } = this.values;
    const { classList, style } = this.host;
    classList.toggle('mz-lines', maxLines > 0);
    classList.toggle('mz-clip', overflow === 'clip' || overflow === 'fade');
    classList.toggle('mz-ellipsis', overflow === 'ellipsis');
    if (maxLines > 0) style.setProperty('--mz-lines', String(Math.trunc(maxLines)));
  }

  override childrenChanged(): void {
    for (const child of this.host.childNodes) {
      const node = viewNodeOf(child);
      if (node === undefined || !(child instanceof globalThis.Text)) continue;
      node.rawText ??= child.data;
      const shown = this.#shown(node.rawText);
      if (child.data !== shown) child.data = shown;
    }
  }

  #shown(given: string): string {
    const text = given.replaceAll('\\n', '\n');
    const decoded = this.values.decode
      ? text.replace(/&(nbsp|ensp|emsp|lt|gt|amp|apos|quot);/g, (whole, name: string) => entities[name] ?? whole)
      : text;
    const space = spaces[this.values.space];
    return space === undefined ? decoded : decoded.replace(/ /g, space);
  }
}
