/** The account sheet's list of the user's own reports, and what came of each. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { languageTag, text } from '../localization';
import { PlatformProblem } from '../platform/problem';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { openedListStyles, rowStyles } from '../screens/rows';
import { type OwnReport, ownReports } from './calls';

@customElement('mezze-own-reports')
export class OwnReports extends MezzeElement {
  static override styles = [
    controls,
    rowStyles,
    openedListStyles,
    css`
      li {
        overflow-wrap: anywhere;
      }
      .note {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        padding-bottom: 12px;
      }
    `,
  ];

  @state() private known: OwnReport[] | undefined;
  @state() private next: string | undefined;
  @state() private failed = false;
  @state() private open = false;

  protected override render(): TemplateResult {
    const toggle = () => {
      this.open = !this.open;
      if (this.open) void this.#load();
    };
    return html`<button class="row" aria-expanded=${this.open} @click=${toggle}>
        ${icon('flag')}<span>${text('reports.title')}</span>${icon('chevronRight')}
      </button>
      ${this.open ? this.#list() : nothing}`;
  }

  #list(): TemplateResult {
    const { known } = this;
    return html`
      ${known === undefined || known.length === 0 ? nothing : html`<ul tabindex="0" aria-label=${text('reports.title')}>${known.map((one) => this.#report(one))}</ul>`}
      ${known?.length === 0 ? html`<p class="small note">${text('reports.none')}</p>` : nothing}
      ${
        this.failed
          ? html`<div class="small note" role="alert">
              <span>${text('reports.failed')}</span>
              <button class="secondary" @click=${() => void this.#load()}>${text('reports.retry')}</button>
            </div>`
          : nothing
      }
      ${
        this.next === undefined
          ? nothing
          : html`<button class="secondary" @click=${() => void this.#load(this.next)}>${text('reports.more')}</button>`
      }
    `;
  }

  #report(report: OwnReport): TemplateResult {
    const at = new Intl.DateTimeFormat(languageTag(), { dateStyle: 'medium' }).format(report.created_at * 1000);
    return html`<li>
      <h3>${report.app_name}</h3>
      <p class="small">${at} · ${text(`report.reason.${report.reason}`)}</p>
      <p>${standing(report)}</p>
      ${report.answer == null ? nothing : html`<p class="small">${text('reports.answer')}: ${report.answer}</p>`}
    </li>`;
  }

  async #load(after?: string): Promise<void> {
    try {
      const { items, next } = await ownReports(after);
      this.known = after === undefined ? items : [...(this.known ?? []), ...items];
      this.next = next;
      this.failed = false;
    } catch (failure) {
      if (!(failure instanceof PlatformProblem)) throw failure;
      this.failed = true;
    }
  }
}

function standing({ state: stands, outcome }: OwnReport): string {
  if (stands === 'resolved' && outcome != null) return text(`reports.outcome.${outcome}`);
  return text(stands === 'open' ? 'reports.state.open' : 'reports.state.taken');
}
