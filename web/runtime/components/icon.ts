/** The dialect's icons, drawn as vector paths. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';
import { toPixels } from './properties';

const defaults = { type: '', size: null as number | string | null, color: '' };
type Values = typeof defaults;

const namespace = 'http://www.w3.org/2000/svg';
const disc = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z';
const ring = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 1.3a8.7 8.7 0 1 1 0 17.4 8.7 8.7 0 0 1 0-17.4z';
const tick = 'M10.6 16.4 6.2 12l1.2-1.2 3.2 3.2 6.4-6.4 1.2 1.2z';
const cross = 'M15.5 7.3 12 10.8 8.5 7.3 7.3 8.5l3.5 3.5-3.5 3.5 1.2 1.2 3.5-3.5 3.5 3.5 1.2-1.2-3.5-3.5 3.5-3.5z';
const information = 'M11.1 10.2h1.8v7h-1.8zM12 6.8a1.15 1.15 0 1 0 0 2.3 1.15 1.15 0 0 0 0-2.3z';
const exclamation = 'M11 6.6h2l-.3 7.2h-1.4zM12 15.1a1.15 1.15 0 1 0 0 2.3 1.15 1.15 0 0 0 0-2.3z';

/** Path with the even-odd rule, and the usual colour. */
const icons: Record<string, [path: string, color: string]> = {
  success: [`${disc}${tick}`, '#07c160'],
  success_no_circle: ['M9.3 18.6 3 12.3l1.4-1.4 4.9 4.9L19.8 5.3l1.4 1.4z', '#07c160'],
  success_circle: [`${ring}${tick}`, '#07c160'],
  safe_success: [`M12 2 4 5v6.2c0 5 3.4 9.3 8 10.8 4.6-1.5 8-5.8 8-10.8V5z${tick}`, '#07c160'],
  safe_warn: [`M12 2 4 5v6.2c0 5 3.4 9.3 8 10.8 4.6-1.5 8-5.8 8-10.8V5z${exclamation}`, '#ffbe00'],
  info: [`${disc}${information}`, '#10aeff'],
  info_circle: [`${ring}${information}`, '#10aeff'],
  warn: [`${disc}${exclamation}`, '#fa5151'],
  warn_no_circle: [exclamation, '#fa5151'],
  waiting: [`${disc}M11.2 6.5h1.6v5.2l3.6 2.1-.8 1.4-4.4-2.6z`, '#10aeff'],
  waiting_circle: [`${ring}M11.3 6.5h1.4v5.3l3.5 2-.7 1.3-4.2-2.5z`, '#10aeff'],
  circle: [ring, '#c9c9c9'],
  cancel: [`${ring}${cross}`, '#fa5151'],
  clear: [`${disc}${cross}`, '#b2b2b2'],
  download: [`${ring}M11.3 6.5h1.4v6.6l2.4-2.4 1 1-4.1 4.1-4.1-4.1 1-1 2.4 2.4zM8 16.6h8V18H8z`, '#07c160'],
  search: [
    'M10.5 3.5a7 7 0 1 0 4.3 12.5l4.7 4.7 1.2-1.2-4.7-4.7a7 7 0 0 0-5.5-11.3zm0 1.6a5.4 5.4 0 1 1 0 10.8 5.4 5.4 0 0 1 0-10.8z',
    '#b2b2b2',
  ],
  back: ['M15.5 4.3 8 12l7.5 7.7 1.3-1.3L10.6 12l6.2-6.4z', '#181818'],
  delete: ['M9 3h6l.8 1.8H20v1.5H4V4.800h4.200zM6 7.500h12l-1 13H7z', '#181818'],
};

/** Colours of the first style, where they differ; its discs are as large as the icon. */
const firstColours: Readonly<Record<string, string>> = { '#07c160': '#09bb07', '#fa5151': '#f43530' };
const isFirstStyle = () => document.documentElement.dataset['mezzeStyle'] === 'v1';

export class Icon extends Component<Values> {
  readonly #svg = document.createElementNS(namespace, 'svg');
  readonly #path = document.createElementNS(namespace, 'path');

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#svg.setAttribute('viewBox', isFirstStyle() ? '2 2 20 20' : '0 0 24 24');
    this.#path.setAttribute('fill-rule', 'evenodd');
    this.#svg.append(this.#path);
    host.append(this.#svg);
    this.update();
  }

  protected override update(): void {
    const { type, size, color } = this.values;
    const [path, usual] = icons[type.replace(/-/g, '_')] ?? ['', '#000'];
    this.#path.setAttribute('d', path);
    const pixels = `${toPixels(size, 23)}px`;
    this.#svg.style.width = pixels;
    this.#svg.style.height = pixels;
    this.#svg.style.color = color === '' ? (isFirstStyle() && firstColours[usual]) || usual : color;
    this.#path.setAttribute('fill', 'currentColor');
  }
}
