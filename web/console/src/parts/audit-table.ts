/** Acts of the audit trail. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../localization';
import type { AuditEntry } from '../platform/schemas';
import { to } from '../router';
import { time } from './format';

export function auditTable(entries: readonly AuditEntry[]): TemplateResult {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${text('audit.when')}</th>
          <th scope="col">${text('audit.who')}</th>
          <th scope="col">${text('audit.what')}</th>
          <th scope="col">${text('audit.subject')}</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          (entry) => html`<tr>
            <td>${time(entry.at)}</td>
            <td>${entry.actor}${entry.token_id == null ? nothing : html` <span class="muted">${text('audit.by-token')}</span>`}</td>
            <td><code>${entry.action}</code>${details(entry.details)}</td>
            <td>${subject(entry)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function subject(entry: AuditEntry): TemplateResult {
  const app = entry.app_id == null ? nothing : html`<a href=${to('apps', entry.app_id)}>${entry.app_id}</a><br />`;
  if (entry.subject_kind === 'release') {
    return html`${app}<a href=${to('releases', entry.subject_id)}><code>${entry.subject_id}</code></a>`;
  }
  if (entry.subject_kind === 'app') return html`${app}`;
  return html`${app}${entry.subject_kind} <code>${entry.subject_id}</code>`;
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
