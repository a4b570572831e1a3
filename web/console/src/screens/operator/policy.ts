/** The operator's policy as it holds: what mini apps may never have, or have without asking. It is set by a file. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { object } from 'valibot';
import { type PolicyRule, policySchema } from '../../../../shell/src/permission/policy';
import { text } from '../../localization';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { Loaded } from '../../parts/loaded';
import { call } from '../../platform/client';

@customElement('console-policy')
export class PolicyElement extends ConsoleElement {
  readonly #rules = new Loaded<PolicyRule[]>(this, async () => {
    const facts = await call('GET', '/api/v1/platform', object({ permission_policy: policySchema }));
    return facts.permission_policy.rules;
  });

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('policy.title')}</h1>
      <p class="muted">${text('policy.advice')}</p>
      ${this.#rules.view((rules) =>
        rules.length === 0
          ? emptyNote(text('policy.empty'), text('policy.empty.advice'))
          : html`<div class="card">
              <ul class="plain">${rules.map((rule) => ruleRow(rule))}</ul>
            </div>`,
      )}
    </div>`;
  }
}

function ruleRow(rule: PolicyRule): TemplateResult {
  const forbids = rule.effect === 'forbid';
  const codes = (values: readonly string[]) => values.map((value) => html`<code>${value}</code> `);
  const concerns = (title: string, values: readonly string[]) =>
    values.length === 0 ? nothing : html`<dt>${title}</dt><dd>${codes(values)}</dd>`;
  return html`<li class="stack">
    <div class="head">
      <strong>${rule.id}</strong>
      <span class="pill ${forbids ? 'danger' : 'good'}">${text(forbids ? 'policy.forbid' : 'policy.grant')}</span>
    </div>
    <dl>
      ${concerns(text('review.tab.permissions'), rule.permissions)} ${concerns(text('health.apps'), rule.apps)}
      ${concerns(text('place.publishers'), rule.publishers)} ${concerns(text('apps.category'), rule.categories)}
      ${rule.reason === '' ? nothing : html`<dt>${text('release.reason')}</dt><dd>${rule.reason}</dd>`}
    </dl>
  </li>`;
}
