/** What is new since the release that users have. What a reviewer must not overlook comes first. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../localization';
import { growth, size } from '../../parts/format';
import type { Difference, Report } from '../../platform/schemas';

export function differencePart(report: Report, uploaded: number): TemplateResult {
  const { difference } = report;
  if (difference == null) {
    return html`<section class="card"><p class="muted">${text('difference.none')}</p></section>`;
  }
  return html`<section class="card">
    <h2>${text('difference', { version: difference.from_version })}</h2>
    ${difference.name_before == null ? nothing : html`<p>${text('difference.name', { name: difference.name_before })}</p>`}
    ${
      difference.developer_key_before == null
        ? nothing
        : html`<p class="digest">${text('difference.key', { key: difference.developer_key_before })}</p>`
    }
    ${plusMinus(text('difference.permissions'), difference.permissions_added, difference.permissions_removed)}
    ${plusMinus(text('difference.origins'), difference.origins_added.map(words), difference.origins_removed.map(words))}
    <p>
      ${text('difference.size')}: ${size(uploaded)}
      <span class="muted">(${growth(difference.size_before, uploaded)})</span>
    </p>
    ${files(difference)}
  </section>`;
}

const words = ({ origin, origin_use }: { origin: string; origin_use: string }) => `${origin} (${origin_use})`;

function plusMinus(
  title: string,
  added: readonly string[],
  removed: readonly string[],
): TemplateResult | typeof nothing {
  if (added.length === 0 && removed.length === 0) return nothing;
  return html`<h3>${title}</h3>
    <ul class="plain">
      ${added.map((one) => html`<li><span class="pill attention">${text('difference.added')}</span> <code>${one}</code></li>`)}
      ${removed.map((one) => html`<li><span class="pill">${text('difference.removed')}</span> <code>${one}</code></li>`)}
    </ul>`;
}

function files(difference: Difference): TemplateResult {
  const { files_added: added, files_changed: changed, files_removed: removed, files_unchanged: unchanged } = difference;
  if (added.length + changed.length + removed.length === 0)
    return html`<p class="muted">${text('difference.same')}</p>`;
  const counts = { added: added.length, changed: changed.length, removed: removed.length, unchanged };
  return html`<details>
    <summary>${text('difference.files', counts)}</summary>
    ${difference.truncated ? html`<p class="advice">${text('difference.truncated')}</p>` : nothing}
    <ul class="plain small">
      ${added.map((path) => html`<li><span class="pill good">${text('difference.added')}</span> <code>${path}</code></li>`)}
      ${changed.map(
        ({ path, before, after }) => html`<li>
          <span class="pill attention">${text('difference.changed')}</span> <code>${path}</code>
          <span class="muted">${size(after)} (${growth(before, after)})</span>
        </li>`,
      )}
      ${removed.map((path) => html`<li><span class="pill danger">${text('difference.removed')}</span> <code>${path}</code></li>`)}
    </ul>
  </details>`;
}
