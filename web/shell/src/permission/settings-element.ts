/**
 * An app's page in the settings, inside the trusted sheet: every permission with its state and use, the data it keeps
 * (to export and erase), the servers it may contact, and the log of what it did.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { locale, text } from '../localization';
import type { MiniApp } from '../miniapp/mini-app';
import { controls, MezzeElement } from '../screens/base';
import { dataTerms, termsLook } from './data-terms';
import { dataName, type GrantState } from './decide';
import { type DeclaredPermission, localise } from './declarations';
import { exportData } from './export';
import { effectOf } from './policy';
import { openCategories, scopeFacts } from './scopes';
import type { UseCount, UseEntry } from './use-log';
import { permissionWords, scopeWords, when } from './words';

const shownEntries = 8;

@customElement('mezze-permission-settings')
export class PermissionSettings extends MezzeElement {
  static override styles = [
    controls,
    termsLook,
    css`
      :host {
        display: block;
      }
      h3 {
        margin: 20px 0 4px;
        font-size: var(--text-15);
      }
      .row {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 52px;
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
      .row > div {
        flex: 1;
        min-width: 0;
      }
      .row p {
        overflow-wrap: anywhere;
      }
      .row p::first-letter {
        text-transform: uppercase;
      }
      .small {
        font-size: var(--text-12);
        color: var(--muted);
      }
      .small.quote {
        font-style: italic;
      }
      select {
        min-height: var(--touch);
        max-width: 45%;
        padding: 0 8px;
        border: 1px solid var(--line);
        border-radius: var(--corner-control);
        background: var(--card);
        color: var(--ink);
        font: inherit;
        font-size: var(--text-13);
      }
      .operator {
        color: var(--ink);
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: var(--text-13);
      }
      li {
        display: flex;
        gap: 12px;
        padding: 6px 0;
        border-top: 1px solid var(--line);
      }
      time {
        flex: none;
        min-width: 7em;
        color: var(--muted);
        font-variant-numeric: tabular-nums;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        margin-top: 8px;
      }
      .pair button {
        flex: 1;
      }
      .link {
        min-height: var(--touch);
        color: var(--olive-text);
        font-size: var(--text-13);
        font-weight: 600;
      }
      .origin {
        font-size: var(--text-13);
      }
    `,
  ];

  @property({ attribute: false }) app!: MiniApp;
  @property({ attribute: false }) onErase: () => void = () => undefined;
  @state() private confirming = false;
  @state() private whole = false;
  @state() private exported = '';

  protected override willUpdate(): void {
    const { permission } = this.app;
    this.observe(this.app, permission, permission.grants, permission.log);
  }

  protected override render(): TemplateResult {
    return html`${this.#permissions()} ${this.#categories()} ${this.#stored()} ${this.#origins()} ${this.#log()}`;
  }

  #permissions(): TemplateResult {
    const { declared, grants, signer } = this.app.permission;
    // While it is made, an app may have asked for what it does not declare yet.
    const others = grants.all
      .filter((grant) => grant.signer === signer && grant.permission.startsWith('scope.') && grant.state !== 'ask')
      .filter(({ permission }) => !declared.permissions.some(({ name }) => name === permission))
      .map(({ permission }) => ({ name: permission, required: false }));
    const permissions = [...declared.permissions, ...others];
    return html`
      <h3 id="permissions">${text('settings.permissions')}</h3>
      ${permissions.length === 0 ? html`<p class="small">${text('settings.permissions.none')}</p>` : nothing}
      ${permissions.map((declared) => this.#permission(declared))}
    `;
  }

  #permission({ name, reason, required }: DeclaredPermission): TemplateResult {
    const { permission } = this.app;
    const words = scopeWords(name);
    const said = localise(reason, locale());
    return html`<div class="row" data-permission=${name}>
      <div>
        <p>${words}</p>
        ${said === '' ? nothing : html`<p class="small quote">“${said}”</p>`}
        ${required ? html`<p class="small">${text('permission.required')}</p>` : nothing}
        <p class="small">${used(permission.log.uses(name))}</p>
      </div>
      ${this.#control(name, words, ['granted', 'ask', 'refused'])}
    </div>`;
  }

  /** The user's choice, or what the operator decided instead. */
  #control(name: string, words: string, choices: GrantState[]): TemplateResult {
    const { permission } = this.app;
    const rule = effectOf(permission.policy, permission.subject, [name]);
    if (rule !== undefined) {
      return html`<p class="small operator">
        ${text(rule.effect === 'forbid' ? 'settings.operator.forbid' : 'settings.operator.grant')} ${rule.reason}
      </p>`;
    }
    const facts = scopeFacts(name);
    if (facts?.asks === 'picker' || facts?.asks === 'withdrawn') return html``;
    const current = permission.grants.stateOf(name, permission.signer) ?? 'ask';
    const change = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      if (value === 'granted' || value === 'refused' || value === 'ask') void permission.change(name, value);
    };
    const offered = current === 'once' ? ['once' as const, ...choices] : choices;
    return html`<select aria-label=${text('settings.state', { what: words })} @change=${change} .value=${current}>
      ${offered.map((one) => html`<option value=${one} ?selected=${one === current}>${stateWords(name, one)}</option>`)}
    </select>`;
  }

  #categories(): TemplateResult | typeof nothing {
    const { declared, log } = this.app.permission;
    if (declared.data.length === 0) return nothing;
    return html`
      <h3>${text('settings.categories')}</h3>
      <div class="data">
        ${dataTerms(declared.data, ({ category }) => {
          const name = dataName(category);
          return html`<div class="row">
            <div><p class="small">${used(log.uses(name))}</p></div>
            ${openCategories.has(category) ? nothing : this.#control(name, permissionWords(name), ['granted', 'ask'])}
          </div>`;
        })}
      </div>
    `;
  }

  #stored(): TemplateResult {
    const size = this.app.storage.size + this.app.files.size;
    const shown = size < 1024 ? `${size} B` : `${(size / 1024).toFixed(1)} KB`;
    const ask = () => {
      this.confirming = true;
    };
    const save = async () => {
      this.exported = await exportData(this.app);
    };
    return html`
      <h3>${text('settings.stored')}</h3>
      <p class="small">${text('settings.data', { size: shown })}</p>
      <p class="small" role="status">${this.exported === '' ? nothing : text('settings.export.done', { file: this.exported })}</p>
      <div class="pair">
        <button class="secondary" @click=${() => void save()}>${text('settings.export')}</button>
        ${
          this.confirming
            ? html`<button class="secondary danger" @click=${() => this.onErase()}>${text('settings.erase-now')}</button>`
            : html`<button class="secondary danger" @click=${ask}>${text('settings.erase')}</button>`
        }
      </div>
    `;
  }

  #origins(): TemplateResult {
    const origins = Object.entries(this.app.config?.origins ?? {});
    const declared = new Map<string, string[]>();
    for (const [use, list] of origins) {
      for (const origin of list) declared.set(origin, [...(declared.get(origin) ?? []), use]);
    }
    const contacted = this.app.permission.log.origins;
    const any = declared.delete('*');
    const names = [...new Set([...declared.keys(), ...contacted.map(([origin]) => origin)])];
    return html`
      <h3>${text('settings.origins')}</h3>
      ${any ? html`<p class="small">${text('settings.origins.any')}</p>` : nothing}
      ${names.length === 0 && !any ? html`<p class="small">${text('settings.origins.none')}</p>` : nothing}
      ${names.map((origin) => {
        const uses = contacted.find(([one]) => one === origin)?.[1];
        return html`<div class="row origin">
          <div>
            <p>${origin}</p>
            <p class="small">${contactedWords(uses)}${declared.has(origin) ? ` · ${declared.get(origin)?.join(', ')}` : ''}</p>
          </div>
        </div>`;
      })}
    `;
  }

  #log(): TemplateResult {
    const { log } = this.app.permission;
    const shown = this.whole ? log.entries : log.entries.slice(0, shownEntries);
    const all = () => {
      this.whole = true;
    };
    return html`
      <h3>${text('settings.log')}</h3>
      ${log.entries.length === 0 ? html`<p class="small">${text('settings.log.none')}</p>` : nothing}
      <ol>
        ${shown.map((entry) => html`<li><time datetime=${new Date(entry.at).toISOString()}>${when(entry.at)}</time><span>${entryWords(entry)}</span></li>`)}
      </ol>
      ${
        shown.length < log.entries.length
          ? html`<button class="link" @click=${all}>${text('settings.log.more', { count: log.entries.length })}</button>`
          : nothing
      }
      ${
        log.entries.length === 0
          ? nothing
          : html`<button class="link" @click=${() => void log.erase()}>${text('settings.log.clear')}</button>`
      }
    `;
  }
}

function stateWords(name: string, state: GrantState): string {
  if (name.startsWith('data.')) return text(state === 'ask' ? 'settings.state.not-agreed' : 'settings.state.agreed');
  return text(`settings.state.${state}`);
}

function used(uses: UseCount | undefined): string {
  if (uses === undefined) return text('settings.used.never');
  const values = { count: uses.count, when: when(uses.last) };
  return uses.count === 1 ? text('settings.used.one', values) : text('settings.used', values);
}

function contactedWords(uses: UseCount | undefined): string {
  if (uses === undefined) return text('settings.origins.never');
  const values = { count: uses.count, when: when(uses.last) };
  return uses.count === 1 ? text('settings.origins.contacted.one', values) : text('settings.origins.contacted', values);
}

function entryWords({ api, permission, outcome }: UseEntry): string {
  return `${api}: ${text(`settings.log.${outcome}`, { what: permissionWords(permission) })}`;
}
