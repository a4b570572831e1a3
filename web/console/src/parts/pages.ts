/** A list that comes in pages, one after the other. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { text } from '../localization';
import type { Page } from '../platform/client';
import { Act } from './act';
import { Loaded } from './loaded';

export class Pages<T> {
  readonly #loaded: Loaded<Page<T>>;
  readonly #more: Act;

  constructor(
    host: ReactiveControllerHost,
    private readonly load: (after?: string) => Promise<Page<T>>,
  ) {
    this.#loaded = new Loaded(host, () => this.load());
    this.#more = new Act(host);
  }

  get items(): readonly T[] {
    return this.#loaded.value?.items ?? [];
  }

  reload(): Promise<void> {
    return this.#loaded.reload();
  }

  view(draw: (items: readonly T[]) => unknown, empty: () => unknown): TemplateResult | typeof nothing {
    return this.#loaded.view(
      ({ items, next }) => html`
        ${items.length === 0 ? empty() : draw(items)} ${this.#more.note()}
        ${
          next === undefined
            ? nothing
            : html`<button class="secondary" aria-disabled=${this.#more.busy} @click=${() => this.#append(next)}>
                ${text('more')}
              </button>`
        }
      `,
    );
  }

  async #append(after: string): Promise<void> {
    const page = await this.#more.run(() => this.load(after));
    if (page !== undefined) this.#loaded.set({ items: [...this.items, ...page.items], next: page.next });
  }
}
