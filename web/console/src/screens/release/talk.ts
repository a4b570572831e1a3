/** The talk between developers and reviewers about one release. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { array } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, field, formOf } from '../../parts/element';
import { fromNow, time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, part } from '../../platform/client';
import { type Comment, commentSchema } from '../../platform/schemas';

@customElement('console-talk')
export class TalkElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      .words {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: 'release-id' }) releaseId = '';
  /** Reviewers may ask, and note what only reviewers see. */
  @property({ type: Boolean }) reviewing = false;
  readonly #talk = new Loaded<Comment[]>(this, () => call('GET', this.#path, array(commentSchema)));
  readonly #act = new Act(this);

  get #path(): string {
    return `/api/v1/releases/${part(this.releaseId)}/comments`;
  }

  protected override render(): TemplateResult {
    return html`<section class="card">
      <h2>${text('talk')}</h2>
      ${this.#talk.view((lines) =>
        lines.length === 0
          ? html`<p class="muted">${text('talk.none')}</p>`
          : html`<ul class="plain">${lines.map((line) => this.#line(line))}</ul>`,
      )}
      <form @submit=${this.#say}>
        <label class="field">${text('talk.say')}<textarea name="text" required maxlength="4000"></textarea></label>
        ${
          this.reviewing
            ? html`<div class="actions">
                <label class="tick"><input name="question" type="checkbox" />${text('review.ask')}</label>
                <label class="tick"><input name="internal" type="checkbox" />${text('review.internal')}</label>
              </div>`
            : nothing
        }
        ${this.#act.note()}
        <button class="secondary" aria-disabled=${this.#act.busy}>${text('talk.submit')}</button>
      </form>
    </section>`;
  }

  #line({ author_name, side, kind, internal, created_at, text: words }: Comment): TemplateResult {
    return html`<li>
      <div class="actions small">
        <strong>${author_name}</strong>
        <span class="muted">${text(side === 'reviewer' ? 'talk.reviewer' : 'talk.developer')}</span>
        ${kind === 'question' ? html`<span class="pill attention">${text('talk.question')}</span>` : nothing}
        ${kind === 'decision' ? html`<span class="pill danger">${text('talk.decision')}</span>` : nothing}
        ${internal ? html`<span class="pill">${text('talk.internal')}</span>` : nothing}
        <span class="muted" title=${time(created_at)}>${fromNow(created_at)}</span>
      </div>
      <p class="words">${words}</p>
    </li>`;
  }

  readonly #say = async (event: SubmitEvent) => {
    const form = formOf(event);
    const given = new FormData(form);
    const body = { text: field(form, 'text'), question: given.has('question'), internal: given.has('internal') };
    const line = await this.#act.run(() => call('POST', this.#path, commentSchema, { body }));
    if (line === undefined) return;
    form.reset();
    await this.#talk.reload();
  };
}
