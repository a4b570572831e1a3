/**
 * Inline styles. The text goes through `CSSStyleDeclaration`, which parses it as declarations of one element: no
 * text can close the declaration or reach another element.
 */
import type { ViewNode } from '../node';
import type { Resources } from '../resources';
import { convertEnvironment, convertRpx, cssUrl, replaceUrls } from './text';

const needsRewrite = /rpx|url\(|env\(|constant\(/i;

export class InlineStyles {
  constructor(
    private readonly resources: Resources,
    private readonly rootChanged: () => void,
  ) {}

  set(node: ViewNode, element: HTMLElement, given: string): void {
    node.styleText = given;
    node.styleVersion += 1;
    const text = node.extraStyle === '' ? given : `${given};${node.extraStyle}`;
    this.#write(node, element, needsRewrite.test(text) ? this.#rewrite(node, element, text) : text);
  }

  /** Style that is written after the node's own whenever that is set. */
  setExtra(node: ViewNode, element: HTMLElement, text: string): void {
    node.extraStyle = text;
    this.set(node, element, node.styleText);
  }

  #write(node: ViewNode, element: HTMLElement, css: string): void {
    element.style.cssText = css;
    node.component?.styleChanged();
    if (node.id === 1) this.rootChanged();
  }

  #rewrite(node: ViewNode, element: HTMLElement, text: string): string {
    const pending: Promise<unknown>[] = [];
    const css = replaceUrls(convertEnvironment(convertRpx(text)), (address) => {
      const ready = this.resources.ready(address, 'image');
      if (ready !== undefined) return cssUrl(ready);
      pending.push(this.resources.resolve(address, 'image'));
      return 'none';
    });
    const version = node.styleVersion;
    for (const resolution of pending) {
      resolution.then(
        () => {
          // Written again as a whole: by now more of its addresses are known, and none is asked for twice.
          if (node.styleVersion === version) this.set(node, element, node.styleText);
        },
        () => undefined,
      );
    }
    return css;
  }
}
