/**
 * A web page that fills the app's page. The page itself is framed by the shell, over this frame: what stands here is
 * only seen where it may not be shown.
 */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component, part } from './component';

const defaults = { src: '', updateTitle: true };
type Values = typeof defaults;

const texts = {
  en: { title: 'This page can not be opened here', hint: 'The app has to declare the address first.' },
  zh: { title: '无法打开该页面', hint: '小程序需要先声明该网址。' },
};

export class WebView extends Component<Values> {
  readonly #container = document.createElement('div');
  readonly #face = part('mz-web-view-face', this.host);
  #opened = '';
  #stopListening: () => void = () => undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#container.hidden = true;
    this.#face.hidden = true;
    host.append(this.#container);
  }

  /** Children of the tag lie under the page, as in the original. */
  override get container(): Node {
    return this.#container;
  }

  override connected(): void {
    this.#stopListening = this.context.services.listen(this.node, (name, detail) => {
      if (name === 'load') this.emit('load', detail as Record<string, unknown>);
      else if (name === 'error') this.#failed(detail as Record<string, unknown>);
    });
    this.#open();
  }

  override disconnected(): void {
    this.#stopListening();
    this.#opened = '';
    this.context.services.ask(this.node, 'webview.close').catch(() => undefined);
  }

  protected override update(name: keyof Values): void {
    if (name === 'src' && this.host.isConnected) this.#open();
  }

  #open(): void {
    const { src, updateTitle } = this.values;
    if (src === '' || src === this.#opened) return;
    this.#opened = src;
    this.#face.hidden = true;
    this.context.services.ask(this.node, 'webview.open', { src, updateTitle }).catch((reason: unknown) => {
      const text = reason instanceof Error ? reason.message : String(reason);
      this.context.warn(`<web-view>: ${text}`);
      this.#failed({ fullUrl: src, src, reason: text });
    });
  }

  #failed(detail: Record<string, unknown>): void {
    const words = this.context.locale.toLowerCase().startsWith('zh') ? texts.zh : texts.en;
    const line = (className: string, text: string) => {
      const element = part(className);
      element.textContent = text;
      return element;
    };
    this.#face.replaceChildren(
      line('mz-web-view-title', words.title),
      line('mz-web-view-hint', words.hint),
      line('mz-web-view-address', String(detail['src'] ?? '')),
    );
    this.#face.hidden = false;
    this.emit('error', detail);
  }
}
