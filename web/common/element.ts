/** What every element of the shell and the console shares: language, observed state, and the look of controls. */
import { css, LitElement } from 'lit';
import { onLocaleChange } from './locale';
import type { Observable } from './observable';

export const controls = css`
  :host {
    box-sizing: border-box;
    font: 400 var(--text-15) / var(--line-height) var(--font);
    color: var(--ink);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--olive);
    outline-offset: 2px;
  }
  .icon {
    display: inline-flex;
  }
  .icon svg {
    width: 20px;
    height: 20px;
    stroke-width: 1.75;
  }
  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--touch);
    padding: 0 20px;
    border-radius: var(--corner-control);
    font-weight: 600;
  }
  .primary {
    background: var(--olive);
    color: var(--on-olive);
  }
  .secondary {
    border: 1px solid var(--line);
    background: var(--card);
  }
  .danger {
    color: var(--sumac);
  }
  .muted {
    color: var(--muted);
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      transition-duration: 1ms !important;
    }
  }
`;

export class MezzeElement extends LitElement {
  #unsubscribe: (() => void)[] = [];
  readonly #observed = new Map<Observable, () => void>();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe.push(onLocaleChange(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#unsubscribe.splice(0)) stop();
    for (const stop of this.#observed.values()) stop();
    this.#observed.clear();
  }

  /** Draws again whenever one of these changes; those that are no longer named are let go. */
  protected observe(...sources: (Observable | undefined)[]): void {
    const wanted = new Set(sources.filter((source) => source !== undefined));
    for (const [source, stop] of this.#observed) {
      if (wanted.has(source)) continue;
      stop();
      this.#observed.delete(source);
    }
    for (const source of wanted) {
      if (!this.#observed.has(source))
        this.#observed.set(
          source,
          source.subscribe(() => this.requestUpdate()),
        );
    }
  }
}

export function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
