/** The report of the automatic check, with the difference to the release that users have. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, PlatformProblem, part } from '../../platform/client';
import { type Release, type Report, reportSchema } from '../../platform/schemas';
import { differencePart } from './difference';
import { auditPart, findingList, originList, permissionList, sizeList } from './report-parts';

type Part = 'all' | 'report' | 'permissions' | 'difference';

@customElement('console-report')
export class ReportElement extends ConsoleElement {
  @property({ attribute: false }) release!: Release;
  /** The review screen shows it in parts. */
  @property() shown: Part = 'all';
  /** `none`: there is no report yet. */
  readonly #report = new Loaded<Report | 'none'>(this, async () => {
    const path = `/api/v1/releases/${part(this.release.id)}/report`;
    try {
      return await call('GET', path, reportSchema);
    } catch (failure) {
      if (failure instanceof PlatformProblem && failure.status === 404) return 'none';
      throw failure;
    }
  });

  protected override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('release');
    if (before !== undefined && before.revision !== this.release.revision) void this.#report.reload();
  }

  protected override render(): TemplateResult {
    return html`${this.#report.view((report) => {
      if (report !== 'none') return this.#parts(report);
      const waiting = this.release.state === 'uploaded';
      return html`<p class="muted" role="status">${text(waiting ? 'report.waiting' : 'report.none')}</p>`;
    })}`;
  }

  #parts(report: Report): TemplateResult {
    const shows = (wanted: Part) => this.shown === 'all' || this.shown === wanted;
    return html`<div class="stack">
      ${shows('report') ? this.#verdict(report) : nothing}
      ${shows('difference') ? differencePart(report, this.#size(report)) : nothing}
      ${
        shows('permissions')
          ? html`<section class="card"><h2>${text('report.permissions')}</h2>${permissionList(report.permissions)}</section>
              <section class="card"><h2>${text('report.origins')}</h2>${originList(report.origins)}</section>`
          : nothing
      }
      ${
        shows('report')
          ? html`<section class="card"><h2>${text('report.sizes')}</h2>${sizeList(report, this.#size(report))}</section>
              <section class="card"><h2>${text('report.audit')}</h2>${auditPart(report.audit)}</section>`
          : nothing
      }
    </div>`;
  }

  /** Of the package as uploaded; the report alone knows only what its files take in it. */
  #size(report: Report): number {
    return this.release.package_size ?? report.sizes.stored;
  }

  #verdict(report: Report): TemplateResult {
    const passed = report.outcome === 'passed';
    return html`<section class="card">
      <div class="head">
        <h2>${text('report.findings')}</h2>
        <span class="pill ${passed ? 'good' : 'danger'}">${text(passed ? 'report.passed' : 'report.failed')}</span>
      </div>
      <p class="advice">${text('report.checked', { time: time(report.checked_at) })}</p>
      ${findingList(report.findings)}
      ${
        report.unknown_apis.length === 0
          ? nothing
          : html`<h3>${text('report.apis')}</h3>
              <p>${report.unknown_apis.map((name) => html`<code>${name}</code> `)}</p>`
      }
    </section>`;
  }
}
