/** Tags that this version does not carry out: they keep their place on the page and say so, and break nothing. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component, part } from './component';

export const notCarriedTags = ['map'] as const;

/** Tags that stay empty: a notice in their place would stand where the original shows nothing. */
const silent = new Set(['ad', 'ad-custom', 'official-account', 'open-data']);

const texts = {
  en: {
    other: (tag: string) => `${tag} is not available here yet`,
    webView: 'Web pages do not open inside mini apps here yet',
  },
  zh: {
    other: (tag: string) => `此处暂不支持 ${tag}`,
    webView: '此处的小程序暂时不能打开网页',
  },
};

const defaults = { src: '' };

export class NotCarried extends Component<typeof defaults> {
  readonly #container = document.createElement('div');
  readonly #address: HTMLElement | null = null;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#container.hidden = true;
    if (!silent.has(node.tag)) {
      const language = context.locale.toLowerCase().startsWith('zh') ? texts.zh : texts.en;
      const face = part('mz-not-carried', host);
      part('mz-not-carried-text', face).textContent =
        node.tag === 'web-view' ? language.webView : language.other(node.tag);
      if (node.tag === 'web-view') this.#address = part('mz-not-carried-address', face);
      context.warn(`<${node.tag}> is not carried out by this version`);
    }
    host.append(this.#container);
  }

  override get container(): Node {
    return this.#container;
  }

  protected override update(): void {
    if (this.#address !== null) this.#address.textContent = this.values.src;
  }
}
