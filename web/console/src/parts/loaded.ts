/** What a screen shows of the platform: on the way, here, or refused. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { text } from '../localization';
import { PlatformProblem } from '../platform/client';
import { session } from '../session';
import { problemNote } from './problem';

/** Before this many milliseconds nothing is drawn: most answers are faster. */
const patience = 150;

export class Loaded<T> implements ReactiveController {
  value: T | undefined;
  problem: PlatformProblem | undefined;
  #late = false;
  #asked = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly load: () => Promise<T>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    void this.reload();
  }

  async reload(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const timer = setTimeout(() => {
      this.#late = this.value === undefined;
      this.host.requestUpdate();
    }, patience);
    try {
      const value = await this.load();
      // An older answer must not replace a newer one.
      if (asked !== this.#asked) return;
      this.value = value;
      this.problem = undefined;
    } catch (failure) {
      if (!(failure instanceof PlatformProblem)) throw failure;
      if (asked !== this.#asked) return;
      this.problem = failure;
      if (failure.status === 401) session.expire(() => void this.reload());
    } finally {
      clearTimeout(timer);
      this.#late = false;
      this.host.requestUpdate();
    }
  }

  set(value: T): void {
    this.#asked += 1;
    this.value = value;
    this.problem = undefined;
    this.host.requestUpdate();
  }

  /** What was shown stays while it is loaded again, also where that fails. */
  view(draw: (value: T) => unknown): TemplateResult | typeof nothing {
    const note = this.problem === undefined ? nothing : problemNote(this.problem, () => void this.reload());
    if (this.value !== undefined) return html`${note}${draw(this.value)}`;
    if (this.problem !== undefined) return html`${note}`;
    return this.#late ? skeleton() : nothing;
  }
}

export function skeleton(): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${text('loading')}>
    <span></span><span></span><span></span>
  </div>`;
}
