/**
 * A piece of what the super app knows about the user, shown without the app learning of it.
 *
 * What it says stands in a shadow tree that no style sheet of the app reaches, in a box whose size does not depend on
 * it: a width would give a name away, to the app's measuring and through the places of what stands beside it.
 */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';

const defaults = { type: '', openGid: '', lang: 'en', defaultText: '', defaultAvatar: '' };
type Values = typeof defaults;

const style = `
:host { contain: strict }
/* Said of what no sheet of the app reaches: the host's own style gives way to the app's. */
span, img { all: initial; display: block; width: 100%; height: 100%; contain: strict }
span {
  color: inherit; font-family: system-ui, sans-serif; font-size: inherit; line-height: inherit; text-align: inherit;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; user-select: none; -webkit-user-select: none;
}
img { object-fit: cover }
`;

export class OpenData extends Component<Values> {
  readonly #shadow: ShadowRoot;
  #asked = '';

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#shadow = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.#shadow.adoptedStyleSheets = [sheet];
  }

  /** Children of the tag are never shown. */
  override get container(): Node {
    return this.host;
  }

  override connected(): void {
    this.#ask();
  }

  protected override update(): void {
    this.host.setAttribute('type', this.values.type);
    if (this.host.isConnected) this.#ask();
  }

  #ask(): void {
    const { type, lang, openGid } = this.values;
    const asked = `${type} ${lang} ${openGid}`;
    if (type === '' || asked === this.#asked) return;
    this.#asked = asked;
    this.context.services.ask(this.node, 'openData', { type, lang, openGid }).then(
      (value) => asked === this.#asked && this.#show(value),
      (reason: unknown) => {
        this.#show(null);
        this.emit('error', { errMsg: `open-data:fail ${reason instanceof Error ? reason.message : String(reason)}` });
      },
    );
  }

  #show(value: unknown): void {
    if (this.values.type === 'userAvatarUrl') {
      if (value instanceof Blob) this.#showPicture(URL.createObjectURL(value));
      else if (this.values.defaultAvatar !== '') {
        this.context.resources.resolve(this.values.defaultAvatar, 'image').then(
          (url) => this.#showPicture(url),
          () => undefined,
        );
      }
      return;
    }
    const text = document.createElement('span');
    text.textContent = typeof value === 'string' && value !== '' ? value : this.values.defaultText;
    this.#shadow.replaceChildren(text);
  }

  #showPicture(url: string): void {
    const image = document.createElement('img');
    image.alt = '';
    image.src = url;
    this.#shadow.replaceChildren(image);
  }
}
