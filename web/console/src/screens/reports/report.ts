/** One report: what the user said, what it is about, and handling it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { text } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { besideStyles } from '../../parts/look';
import { statePill } from '../../parts/pill';
import { call, part } from '../../platform/client';
import { type ReportDetails, reportDetailsSchema } from '../../platform/schemas';
import { to } from '../../router';
import { session } from '../../session';
import '../../parts/history';
import './handle';
import { reportPill } from './words';

@customElement('console-user-report')
export class UserReportElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    besideStyles,
    css`
      .words {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: 'report-id' }) reportId = '';
  readonly #report = new Loaded<ReportDetails>(this, () =>
    call('GET', `/api/v1/reports/${part(this.reportId)}`, reportDetailsSchema),
  );

  protected override render(): TemplateResult {
    return html`${this.#report.view((report) => this.#all(report))}`;
  }

  #all(report: ReportDetails): TemplateResult {
    const changed = (event: CustomEvent<ReportDetails>) => this.#report.set(event.detail);
    return html`<div class="stack">
      <a class="small" href=${to('reports')}>${text('reports.title')}</a>
      <div class="head">
        <h1>${report.app_name}: ${text(`reports.reason.${report.reason}`)}</h1>
        ${reportPill(report.state)}
      </div>
      <div class="beside stack">
        <div class="stack">
          <section class="card">
            <h2>${text('user-report.facts')}</h2>
            ${
              report.text === ''
                ? html`<p class="muted">${text('user-report.no-text')}</p>`
                : html`<p class="words">${report.text}</p>`
            }
            ${this.#facts(report)}
            <p class="advice">${text('user-report.secret')}</p>
          </section>
          <console-handle .report=${report} @report-changed=${changed}></console-handle>
        </div>
        ${this.#about(report)}
      </div>
      <h2>${text('user-report.history')}</h2>
      ${
        // A new one once something was done, so that it is in it.
        keyed(report.revision, html`<console-history subject-id=${report.id}></console-history>`)
      }
    </div>`;
  }

  #facts(report: ReportDetails): TemplateResult {
    return html`<dl>
      <dt>${text('user-report.reporter')}</dt>
      <dd>${report.reporter_name}</dd>
      <dt>${text('user-report.contact')}</dt>
      <dd>${report.contact ?? text('user-report.no-contact')}</dd>
      <dt>${text('user-report.at')}</dt>
      <dd>${time(report.created_at)}</dd>
    </dl>`;
  }

  #about(report: ReportDetails): TemplateResult {
    const { release_id, release_state } = report;
    return html`<section class="card">
      <h2>${text('user-report.app')}</h2>
      <dl>
        <dt>${text('user-report.app')}</dt>
        <dd>${report.app_name}<br /><code>${report.app_id}</code></dd>
        <dt>${text('user-report.version')}</dt>
        <dd>
          ${report.version} ${release_state == null ? html`<span class="muted">${text('user-report.release-gone')}</span>` : statePill(release_state)}
        </dd>
        ${report.page === '' ? nothing : html`<dt>${text('user-report.page')}</dt><dd><code>${report.page}</code></dd>`}
      </dl>
      <div class="actions">
        <a href=${to('apps', report.app_id)}>${text('user-report.see-app')}</a>
        ${release_id == null ? nothing : html`<a href=${to('releases', release_id)}>${text('user-report.see-release')}</a>`}
      </div>
      ${
        report.others_waiting === 0
          ? nothing
          : html`<a href="${to('reports')}?state=any&app=${encodeURIComponent(report.app_id)}"
              >${text('user-report.others', { count: report.others_waiting })}</a
            >`
      }
      ${this.#withdrawal(report)}
    </section>`;
  }

  /** The way to the release's own form, where the reason for users is written. */
  #withdrawal({ release_id, release_state }: ReportDetails): TemplateResult | typeof nothing {
    const public_ = release_state === 'released' || release_state === 'staged' || release_state === 'superseded';
    if (release_id == null || !public_) return nothing;
    if (!session.has('admin')) return html`<p class="advice">${text('user-report.withdraw.admins')}</p>`;
    return html`<a class="secondary danger" href="${to('releases', release_id)}?act=withdraw">
      ${text('user-report.withdraw')}
    </a>`;
  }
}
