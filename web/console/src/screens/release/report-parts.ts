/** Parts of a report that developers and reviewers read. */
import { html, nothing, type TemplateResult } from 'lit';
import { number, object, optional, safeParse } from 'valibot';
import { languageTag } from '../../../../common/locale';
import { text } from '../../localization';
import { size } from '../../parts/format';
import type { DeclaredPermission, Finding, Report } from '../../platform/schemas';

const tones = { error: 'danger', warning: 'attention', note: '' } as const;

export function findingList(findings: readonly Finding[]): TemplateResult {
  if (findings.length === 0) return html`<p class="muted">${text('report.no-findings')}</p>`;
  return html`<ul class="plain">
    ${findings.map(
      ({ severity, message, file, line, rule }) => html`<li>
        <span class="pill ${tones[severity]}">${text(`severity.${severity}`)}</span>
        <code class="muted">${rule}</code>
        <p>${message}</p>
        ${file == null ? nothing : html`<code>${file}${line == null ? '' : `:${line}`}</code>`}
      </li>`,
    )}
  </ul>`;
}

export function permissionList(permissions: readonly DeclaredPermission[]): TemplateResult {
  if (permissions.length === 0) return html`<p class="muted">${text('report.no-permissions')}</p>`;
  return html`<ul class="plain">
    ${permissions.map(({ name, required, reason }) => {
      const reasons = reasonsOf(reason);
      return html`<li>
        <strong><code>${name}</code></strong>
        ${required ? html`<span class="pill attention">${text('report.required')}</span>` : nothing}
        ${
          reasons.length === 0
            ? html`<p class="danger">${text('report.no-reason')}</p>`
            : reasons.map(
                ({ language, words }) =>
                  html`<p>${language === '' ? nothing : html`<span class="muted">${language}</span> `}“${words}”</p>`,
              )
        }
      </li>`;
    })}
  </ul>`;
}

/** The maker's words: one text, or one for each language; the reader's own first. */
export function reasonsOf(reason: unknown): { language: string; words: string }[] {
  if (typeof reason === 'string') return reason.trim() === '' ? [] : [{ language: '', words: reason }];
  if (typeof reason !== 'object' || reason === null) return [];
  const own = languageTag().slice(0, 2);
  const given = Object.entries(reason).flatMap(([language, words]) =>
    typeof words === 'string' && words.trim() !== '' ? [{ language, words }] : [],
  );
  return given.sort((a, b) => Number(b.language.startsWith(own)) - Number(a.language.startsWith(own)));
}

export function originList(origins: Report['origins']): TemplateResult {
  if (origins.length === 0) return html`<p class="muted">${text('report.no-origins')}</p>`;
  return html`<ul class="plain">
    ${origins.map(({ origin, origin_use }) => html`<li><code>${origin}</code> <span class="muted">${origin_use}</span></li>`)}
  </ul>`;
}

export function sizeList({ sizes }: Report, uploaded: number): TemplateResult {
  const packages = Object.entries(sizes.code_packages).filter(([name]) => name !== '');
  return html`<dl>
    <dt>${text('report.package')}</dt>
    <dd>${size(uploaded)}</dd>
    <dt>${text('report.inflated')}</dt>
    <dd>${size(sizes.inflated)}</dd>
    ${packages.map(([name, bytes]) => html`<dt><code>${name}</code></dt><dd>${size(bytes)}</dd>`)}
  </dl>`;
}

const auditSchema = object({
  score: optional(number()),
  counts: object({ errors: number(), warnings: number(), notes: number() }),
});

/** The audit's own summary; all of it is there to be opened. */
export function auditPart(audit: unknown): TemplateResult {
  if (audit === null || audit === undefined) return html`<p class="muted">${text('report.no-audit')}</p>`;
  const parsed = safeParse(auditSchema, audit);
  return html`${
    parsed.success
      ? html`<dl>
          ${
            parsed.output.score === undefined
              ? nothing
              : html`<dt>${text('report.audit')}</dt><dd>${text('report.audit.score', { score: parsed.output.score })}</dd>`
          }
          <dt>${text('severity.error')}</dt><dd>${parsed.output.counts.errors}</dd>
          <dt>${text('severity.warning')}</dt><dd>${parsed.output.counts.warnings}</dd>
          <dt>${text('severity.note')}</dt><dd>${parsed.output.counts.notes}</dd>
        </dl>`
      : nothing
  }
  <details>
    <summary>${text('details')}</summary>
    <div class="scroll"><pre class="small">${JSON.stringify(audit, undefined, 2)}</pre></div>
  </details>`;
}
