/**
 * The mark that every prompt of the shell shows: a card on the home screen until the user has chosen one, a row on the
 * account sheet after that. No mini app is told it, so none can paint a prompt that bears it.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../localization';
import { PlatformProblem } from '../platform/problem';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { rowStyles } from '../screens/rows';
import type { Session } from '../session';

const offered = ['🍋 lemon', '🫒 olive', '🌶️ chilli', '🥑 avocado', '🍄 morel', '🌻 sesame', '🧄 garlic', '🍇 grape'];
const longest = 16;

@customElement('mezze-mark-chooser')
export class MarkChooser extends MezzeElement {
  static override styles = [
    controls,
    rowStyles,
    css`
      :host {
        display: block;
      }
      .card {
        margin: 0 0 20px;
        padding: 16px;
        border: 1px solid var(--line);
        border-top: 3px solid var(--mint);
        border-radius: var(--corner-card);
        background: var(--card);
      }
      h2,
      h3 {
        font-size: var(--text-15);
        font-weight: 600;
      }
      .advice {
        margin: 4px 0 12px;
        font-size: var(--text-13);
        color: var(--muted);
      }
      .marks {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .marks button {
        min-height: var(--touch);
        padding: 0 14px;
        border: 1px solid var(--line);
        border-radius: var(--corner-pill);
        background: var(--plate);
        font-size: var(--text-13);
        font-weight: 600;
      }
      .marks button[aria-pressed='true'] {
        border-color: var(--mint);
        box-shadow: inset 0 0 0 1px var(--mint);
      }
      form {
        display: flex;
        align-items: end;
        gap: 8px;
        margin-top: 12px;
      }
      label {
        flex: 1;
        min-width: 0;
        font-size: var(--text-13);
        color: var(--muted);
      }
      input {
        width: 100%;
        min-height: var(--touch);
        margin-top: 4px;
        padding: 0 12px;
        border: 1px solid var(--line);
        border-radius: var(--corner-control);
        background: var(--card);
        color: var(--ink);
      }
      .mark {
        padding: 4px 10px;
        border-radius: var(--corner-pill);
        background: var(--plate);
        font-size: var(--text-13);
        font-weight: 600;
      }
      .open {
        padding: 4px 0 16px;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .said {
        margin-top: 8px;
        font-size: var(--text-13);
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property() place: 'home' | 'account' = 'home';
  @state() private open = false;
  @state() private own = '';
  @state() private said = '';

  protected override willUpdate(): void {
    this.observe(this.session);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { user, markChosen, offline } = this.session;
    if (user === undefined) return nothing;
    if (this.place === 'account') return this.#row(user.device_mark ?? '');
    if (markChosen !== false || offline) return nothing;
    return html`<section class="card" aria-labelledby="mark-title">
      <h2 id="mark-title">${text('mark.first')}</h2>
      ${this.open ? this.#choices(user.device_mark ?? '') : this.#offer(user.device_mark ?? '')}
    </section>`;
  }

  /** The mark that the account came with is as good as any: one tap keeps it. */
  #offer(mark: string): TemplateResult {
    const choose = () => {
      this.open = true;
    };
    return html`
      <p class="advice">${text('mark.advice')}</p>
      <div class="pair">
        ${
          mark === ''
            ? nothing
            : html`<button class="secondary" @click=${() => void this.#keep(mark)}>${text('mark.keep', { mark })}</button>`
        }
        <button class="secondary" @click=${choose}>${text('mark.another')}</button>
      </div>
      <p class="said" role="status">${this.said}</p>
    `;
  }

  #row(mark: string): TemplateResult {
    const toggle = () => {
      this.open = !this.open;
      this.said = '';
    };
    return html`<button class="row" aria-expanded=${this.open} @click=${toggle}>
        ${icon('shield')}<span>${text('mark.title')}</span><span class="mark">${mark}</span>
      </button>
      ${this.open ? html`<div class="open">${this.#choices(mark)}</div>` : nothing}`;
  }

  #choices(mark: string): TemplateResult {
    const others = offered.filter((one) => one !== mark && !(mark !== '' && one.endsWith(` ${mark}`)));
    const marks = mark === '' ? offered : [mark, ...others.slice(0, offered.length - 1)];
    const submit = (event: Event) => {
      event.preventDefault();
      if (this.own.trim() !== '') void this.#keep(this.own.trim());
    };
    const input = (event: Event) => {
      this.own = (event.target as HTMLInputElement).value;
    };
    return html`
      <p class="advice">${text('mark.advice')}</p>
      <div class="marks" role="group" aria-label=${text('mark.title')}>
        ${marks.map(
          (one) => html`<button aria-pressed=${one === mark} @click=${() => void this.#keep(one)}>${one}</button>`,
        )}
      </div>
      <form @submit=${submit}>
        <label
          >${text('mark.own')}
          <input maxlength=${longest} autocomplete="off" spellcheck="false" .value=${this.own} @input=${input} />
        </label>
        <button class="secondary" type="submit">${text('mark.save')}</button>
      </form>
      <p class="said" role="status">${this.said}</p>
    `;
  }

  async #keep(mark: string): Promise<void> {
    try {
      await this.session.chooseMark(mark);
      this.own = '';
      this.said = text('mark.kept', { mark });
    } catch (failure) {
      const reason = failure instanceof PlatformProblem ? failure.detail || failure.title : String(failure);
      this.said = text('mark.failed', { reason });
    }
  }
}
