/** The reviewers' queue: what waits, the oldest first, and who is at work on it. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { fromNow, time } from '../../parts/format';
import { Pages } from '../../parts/pages';
import { call, page, part } from '../../platform/client';
import { type Review, reviewSchema } from '../../platform/schemas';
import { router, to } from '../../router';
import { session } from '../../session';

@customElement('console-reviews')
export class ReviewsElement extends ConsoleElement {
  readonly #pages = new Pages<Review>(this, (after) => page('/api/v1/reviews', reviewSchema, {}, after));
  readonly #claim = new Act(this);

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('reviews.title')}</h1>
      ${this.#claim.note()}
      ${this.#pages.view(
        (items) => this.#list(items),
        () => emptyNote(text('reviews.empty'), text('reviews.empty.advice')),
      )}
    </div>`;
  }

  #list(items: readonly Review[]): TemplateResult {
    return html`<div class="card">
      <ul class="plain">
        ${items.map(
          (item) => html`<li class="head">
            <span>
              <a href=${to('reviews', item.release.id)}><strong>${item.release.name} ${item.release.version}</strong></a>
              <br /><code class="muted">${item.release.app_id}</code><br />
              <span class="small muted">
                ${item.release.submitted_at == null ? nothing : html`${text('reviews.submitted')} ${fromNow(item.release.submitted_at)} · `}
                ${text('reviews.desk')}: ${deskWords(item)}
              </span>
            </span>
            ${
              item.reviewer_id == null
                ? html`<button class="secondary" aria-disabled=${this.#claim.busy} @click=${() => void this.#take(item)}>
                    ${text('review.claim')}
                  </button>`
                : nothing
            }
          </li>`,
        )}
      </ul>
    </div>`;
  }

  async #take({ release }: Review): Promise<void> {
    const path = `/api/v1/reviews/${part(release.id)}/claim`;
    const claimed = await this.#claim.run(() => call('PUT', path, reviewSchema));
    if (claimed === undefined) await this.#pages.reload();
    else router.go(to('reviews', release.id));
  }
}

function deskWords({ reviewer_id, reviewer_name, lease_until }: Review): string {
  if (reviewer_id == null || lease_until == null) return text('reviews.free');
  const until = { time: time(lease_until) };
  if (reviewer_id === session.me?.id) return text('reviews.mine', until);
  return text('reviews.others', { name: reviewer_name ?? reviewer_id, ...until });
}
