/** Who is at work on a review: claiming it, holding on to it, leaving it. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { announce, ConsoleElement } from '../../parts/element';
import { time } from '../../parts/format';
import { call, part, tell } from '../../platform/client';
import { type Review, reviewSchema } from '../../platform/schemas';
import { session } from '../../session';

export function isMine(review: Review): boolean {
  return review.reviewer_id != null && review.reviewer_id === session.me?.id;
}

@customElement('console-claim')
export class ClaimElement extends ConsoleElement {
  @property({ attribute: false }) review!: Review;
  readonly #act = new Act(this);

  get #path(): string {
    return `/api/v1/reviews/${part(this.review.release.id)}`;
  }

  protected override render(): TemplateResult {
    const { review } = this;
    const { state } = review.release;
    if (state !== 'in_review') {
      return html`<div class="note" role="status">${text('review.over', { state: text(`state.${state}`) })}</div>`;
    }
    const free = review.reviewer_id == null;
    const until = { time: time(review.lease_until ?? 0) };
    const words = free
      ? text('review.free')
      : isMine(review)
        ? text('review.mine', until)
        : text('review.claimed-by', { name: review.reviewer_name ?? '', ...until });
    return html`<div class="note ${isMine(review) ? 'good' : 'attention'}" role="status">
      <p>${words}</p>
      ${free || isMine(review) ? this.#buttons(free) : nothing} ${this.#act.note()}
    </div>`;
  }

  #buttons(free: boolean): TemplateResult {
    return html`<div class="actions">
      <button class=${free ? 'primary' : 'secondary'} aria-disabled=${this.#act.busy} @click=${this.#claim}>
        ${text(free ? 'review.claim' : 'review.claim.again')}
      </button>
      ${
        free
          ? nothing
          : html`<button class="quiet" aria-disabled=${this.#act.busy} @click=${this.#leave}>${text('review.leave')}</button>`
      }
    </div>`;
  }

  readonly #claim = async () => {
    const review = await this.#act.run(() => call('PUT', `${this.#path}/claim`, reviewSchema));
    if (review !== undefined) announce(this, 'review-changed', review);
    else await this.#show();
  };

  readonly #leave = async () => {
    await this.#act.run(() => tell('DELETE', `${this.#path}/claim`));
    await this.#show();
  };

  /** Somebody else may have been faster: shows who. */
  async #show(): Promise<void> {
    const { problem } = this.#act;
    const review = await this.#act.run(() => call('GET', this.#path, reviewSchema));
    if (review !== undefined) announce(this, 'review-changed', review);
    this.#act.problem ??= problem;
  }
}
