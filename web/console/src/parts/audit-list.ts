/** Acts of the audit trail. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../localization';
import type { AuditEntry } from '../platform/schemas';
import { to } from '../router';
import { time } from './format';

export function auditList(entries: readonly AuditEntry[]): TemplateResult {
  return html`<div class="card">
    <ul class="plain">
      ${entries.map(
        (entry) => html`<li>
          <div class="actions">
            <code>${entry.action}</code>
            <strong>${entry.actor}</strong>
            ${entry.token_id == null ? nothing : html`<span class="small muted">${text('audit.by-token')}</span>`}
            <span class="small muted">${time(entry.at)}</span>
          </div>
          <div class="small">${subject(entry)}</div>
          ${details(entry.details)}
        </li>`,
      )}
    </ul>
  </div>`;
}

function subject(entry: AuditEntry): TemplateResult {
  const app = entry.app_id == null ? nothing : html`<a href=${to('apps', entry.app_id)}>${entry.app_id}</a>`;
  if (entry.subject_kind === 'release') {
    return html`${app} <a class="digest" href=${to('releases', entry.subject_id)}>${entry.subject_id}</a>`;
  }
  if (entry.subject_kind === 'report') {
    return html`<a class="digest" href=${to('reports', entry.subject_id)}>${entry.subject_id}</a>`;
  }
  if (entry.subject_kind === 'app') return html`${app}`;
  return html`${app} ${entry.subject_kind} <code>${entry.subject_id}</code>`;
}

/** What the act says of itself, in the platform's words. */
function details(value: unknown): TemplateResult | typeof nothing {
  if (typeof value !== 'object' || value === null) return nothing;
  const given = Object.entries(value).filter(([, one]) => one !== null && one !== '');
  if (given.length === 0) return nothing;
  return html`<details>
    <summary class="small">${text('details')}</summary>
    <dl>
      ${given.map(
        ([name, one]) => html`<dt>${name}</dt><dd>${typeof one === 'object' ? JSON.stringify(one) : String(one)}</dd>`,
      )}
    </dl>
  </details>`;
}
