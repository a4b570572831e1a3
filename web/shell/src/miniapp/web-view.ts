/**
 * A web page that an app shows inside one of its pages: the platform's wrapper, framed over the page. The wrapper's
 * policy holds the page to the origins that the release declares; what the page says to its app comes through it.
 */
import {
  literal,
  looseObject,
  maxLength,
  number,
  object,
  optional,
  pipe,
  safeParse,
  string,
  unknown,
  variant,
} from 'valibot';
import { checkArguments, specificationOf } from '../apis/arguments';
import { routeApis } from '../apis/route';
import { ApiFailure } from './failure';
import type { MiniApp } from './mini-app';
import type { Page } from './page';

const wrapperMessage = variant('type', [
  object({ k: literal('mezze.webview'), type: literal('ready') }),
  object({ k: literal('mezze.webview'), type: literal('load') }),
  object({ k: literal('mezze.webview'), type: literal('refused'), src: string() }),
  object({
    k: literal('mezze.webview'),
    type: literal('page'),
    origin: string(),
    id: number(),
    method: pipe(string(), maxLength(64)),
    args: optional(looseObject({ data: optional(unknown()) }), {}),
  }),
]);

export interface WebViewEvents {
  loaded(src: string): void;
  failed(src: string, reason: string): void;
  /** What the page posted since it was last told, with the event that it is told at. */
  messages(data: unknown[]): void;
}

/** A wrapper that says nothing for this long was refused by the platform. */
const patience = 15_000;
const mostMessages = 1000;
const longestMessage = 1_000_000;

/** What a page may ask of the shell: the routes, as its app itself would take them. */
const routes = new Map(Object.entries(routeApis));

export class WebView {
  readonly #element = document.createElement('iframe');
  #src = '';
  #updatesTitle = true;
  #ready = false;
  #closed = false;
  #posted: unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly app: MiniApp,
    private readonly page: Page,
    private readonly events: WebViewEvents,
  ) {
    this.#element.setAttribute('referrerpolicy', 'same-origin');
    this.#element.setAttribute('allow', 'autoplay; encrypted-media');
    this.#element.title = 'web-view';
    window.addEventListener('message', this.#received);
  }

  /** Shows an address that was found to be declared. */
  async open(src: string, updatesTitle: boolean): Promise<void> {
    this.#src = src;
    this.#updatesTitle = updatesTitle;
    if (this.#ready) {
      this.#send({ k: 'mezze.webview.open', src });
      return;
    }
    if (this.#element.parentNode !== null) return;
    const access = await this.app.gate.access();
    if (this.#closed) return;
    if (access === undefined) throw new ApiFailure('the platform can not be reached');
    this.#element.src = `/webview/${access.ticket}`;
    this.page.view.cover(this.#element);
    this.#timer = setTimeout(() => this.events.failed(this.#src, 'the page did not open'), patience);
  }

  /** Hands over what the page posted; the app is told at the original's moments. */
  deliver(): void {
    if (this.#posted.length === 0) return;
    const data = this.#posted;
    this.#posted = [];
    this.events.messages(data);
  }

  close(): void {
    if (this.#closed) return;
    this.deliver();
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener('message', this.#received);
    this.#element.remove();
  }

  readonly #received = (event: MessageEvent<unknown>) => {
    if (event.source !== this.#element.contentWindow || event.origin !== location.origin) return;
    const parsed = safeParse(wrapperMessage, event.data);
    if (!parsed.success) return;
    const { output } = parsed;
    switch (output.type) {
      case 'ready':
        this.#ready = true;
        this.#send({ k: 'mezze.webview.open', src: this.#src });
        break;
      case 'load':
        clearTimeout(this.#timer);
        this.events.loaded(this.#src);
        break;
      case 'refused':
        clearTimeout(this.#timer);
        this.events.failed(output.src, 'the origin is not declared');
        break;
      case 'page':
        void this.#asked(output.id, output.method, output.args, output.origin);
        break;
    }
  };

  async #asked(id: number, method: string, args: Record<string, unknown>, target: string): Promise<void> {
    const answer = (ok: boolean, errMsg: string) =>
      this.#send({ k: 'mezze.webview.answer', id, ok, value: { errMsg }, target });
    try {
      await this.#carryOut(method, args);
      answer(true, `${method}:ok`);
    } catch (failure) {
      answer(false, `${method}:fail ${failure instanceof ApiFailure ? failure.reason : 'internal error'}`);
    }
  }

  async #carryOut(method: string, args: Record<string, unknown>): Promise<void> {
    if (method === 'postMessage') this.#post(args['data']);
    else if (method === 'title') {
      const title = String(args['title'] ?? '').slice(0, 200);
      if (this.#updatesTitle) this.page.setWindow({ navigationBarTitleText: title });
    } else {
      const route = routes.get(method);
      const specification = specificationOf(method);
      if (route === undefined || specification === undefined) throw new ApiFailure('not supported in a web-view');
      // Only the page in front may lead anywhere.
      if (this.app.stack.current !== this.page) throw new ApiFailure('the page is not in front');
      const context = { app: this.app, page: this.page, id: 0, api: method, granted: undefined };
      await route(context, checkArguments(specification, args));
    }
  }

  #post(data: unknown): void {
    if (this.#posted.length >= mostMessages || JSON.stringify(data ?? null).length > longestMessage) {
      throw new ApiFailure('the message is too large, or too many wait');
    }
    this.#posted.push(data);
  }

  #send(message: Record<string, unknown>): void {
    this.#element.contentWindow?.postMessage(message, location.origin);
  }
}
