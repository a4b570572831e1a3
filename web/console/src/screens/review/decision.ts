/** The check list and the decision. Only whoever claimed the review ticks and decides. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { text, textOr } from '../../localization';
import { Act, CarefulAct } from '../../parts/act';
import { announce, ConsoleElement, field, formOf } from '../../parts/element';
import { call, part } from '../../platform/client';
import { checklistSchema, type Release, type Review, releaseSchema } from '../../platform/schemas';
import { isMine } from './claim';

@customElement('console-decision')
export class DecisionElement extends ConsoleElement {
  @property({ attribute: false }) review!: Review;
  @state() private rejecting = false;
  /** What is ticked, as far as the platform has not been told yet. */
  #wanted: string[] | undefined;
  readonly #ticks = new Act(this);
  readonly #act = new CarefulAct<Release>(
    this,
    () => this.review.release,
    () => call('GET', this.#path, releaseSchema),
    (release) => announce(this, 'release-changed', release),
  );

  get #path(): string {
    return `/api/v1/releases/${part(this.review.release.id)}`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { review } = this;
    if (review.release.state !== 'in_review') return nothing;
    const mine = isMine(review);
    const done = review.checklist.filter(({ ticked }) => ticked).length;
    return html`<div class="stack">
      <section class="card">
        <div class="head">
          <h2>${text('review.checklist')}</h2>
          <span class="small muted">${text('review.ticked', { done, all: review.checklist.length })}</span>
        </div>
        <fieldset ?disabled=${!mine}>
          <legend class="muted">${mine ? nothing : text('review.free')}</legend>
          ${review.checklist.map(
            ({ point, text: words, ticked }) => html`<label class="tick"
              ><input
                type="checkbox"
                .checked=${live(this.#wanted?.includes(point) ?? ticked)}
                @change=${(event: Event) => void this.#tick(point, (event.target as HTMLInputElement).checked)}
              />${textOr(`point.${point}`, words)}</label
            >`,
          )}
        </fieldset>
        ${this.#ticks.note()}
      </section>
      ${mine ? this.#decide(done === review.checklist.length) : nothing}
    </div>`;
  }

  #decide(complete: boolean): TemplateResult {
    const digest = this.review.release.submitted_digest;
    const toggle = () => {
      this.rejecting = !this.rejecting;
    };
    return html`<section class="card">
      <h2>${text('review.decide')}</h2>
      <p class="advice digest">
        ${complete ? text('review.approve.advice', { digest }) : text('review.approve.open')}
      </p>
      ${this.#act.note()}
      <div class="actions">
        <button class="primary" ?disabled=${!complete} aria-disabled=${this.#act.busy} @click=${this.#approve}>
          ${text('review.approve')}
        </button>
        <button class="secondary danger" aria-expanded=${this.rejecting ? 'true' : 'false'} @click=${toggle}>
          ${text('review.reject')}
        </button>
      </div>
      ${
        this.rejecting
          ? html`<form @submit=${this.#reject}>
              <label class="field"
                >${text('review.reject.reason')}<textarea name="reason" required maxlength="2000"></textarea
              ></label>
              <button class="primary danger" aria-disabled=${this.#act.busy}>${text('review.reject.submit')}</button>
            </form>`
          : nothing
      }
    </section>`;
  }

  /** Ticks that come while one is on its way are sent together after it. */
  async #tick(point: string, ticked: boolean): Promise<void> {
    const known = this.review.checklist.filter((one) => one.ticked).map((one) => one.point);
    const others = [...(this.#wanted ?? known)].filter((one) => one !== point);
    this.#wanted = ticked ? [...others, point] : others;
    if (this.#ticks.busy) return;
    const path = `/api/v1/reviews/${part(this.review.release.id)}/checklist`;
    let checklist: Review['checklist'] | undefined;
    for (let sent: string[] | undefined; this.#wanted !== sent; ) {
      sent = this.#wanted;
      const body = { ticked: sent };
      checklist = await this.#ticks.run(() => call('PUT', path, checklistSchema, { body }));
      if (checklist === undefined) break;
    }
    this.#wanted = undefined;
    // Refused: the boxes show again what the platform knows.
    announce(this, 'review-changed', { ...this.review, checklist: checklist ?? [...this.review.checklist] });
    this.requestUpdate();
  }

  readonly #approve = async () => {
    const body = { action: 'approve', submitted_digest: this.review.release.submitted_digest };
    await this.#act.change((revision) => call('POST', `${this.#path}/acts`, releaseSchema, { body, revision }));
  };

  readonly #reject = async (event: SubmitEvent) => {
    const body = { action: 'reject', reason: field(formOf(event), 'reason') };
    await this.#act.change((revision) => call('POST', `${this.#path}/acts`, releaseSchema, { body, revision }));
  };
}
