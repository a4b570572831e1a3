/** Access tokens, for CI and the command line. */
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { array, type InferOutput } from 'valibot';
import { text, textOr } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, field, formOf } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, part, tell } from '../../platform/client';
import { madeTokenSchema, scopes, tokenSchema } from '../../platform/schemas';
import '../../parts/secret';

type Token = InferOutput<typeof tokenSchema>;
const path = '/api/v1/me/tokens';

@customElement('console-tokens')
export class TokensElement extends ConsoleElement {
  @state() private made = '';
  @state() private wrong = '';
  readonly #tokens = new Loaded<Token[]>(this, () => call('GET', path, array(tokenSchema)));
  readonly #act = new Act(this);

  protected override render(): TemplateResult {
    return html`<section class="card">
      <h2>${text('tokens.title')}</h2>
      <p class="advice">${text('tokens.advice')}</p>
      ${this.#tokens.view((tokens) =>
        tokens.length === 0
          ? html`<p class="muted">${text('tokens.empty')}</p>`
          : html`<ul class="plain">${tokens.map((token) => this.#token(token))}</ul>`,
      )}
      <form @submit=${this.#make}>
        <label class="field">${text('tokens.label')}<input name="label" required maxlength="100" /></label>
        <fieldset>
          <legend>${text('tokens.scopes')}</legend>
          ${scopes.map(
            (scope) => html`<label class="tick"
              ><input type="checkbox" name="scope" value=${scope} /><span
                >${text(`scope.${scope}`)} <code class="muted">${scope}</code></span
              ></label
            >`,
          )}
        </fieldset>
        <label class="field"
          >${text('tokens.days')}<input name="days" type="number" min="1" max="366" value="90" required
        /></label>
        ${this.wrong === '' ? '' : html`<div class="note danger" role="alert">${this.wrong}</div>`} ${this.#act.note()}
        <button class="secondary" aria-disabled=${this.#act.busy}>${text('tokens.submit')}</button>
      </form>
      ${
        this.made === ''
          ? ''
          : html`<console-secret caption=${text('tokens.made')} value=${this.made}></console-secret>`
      }
    </section>`;
  }

  #token(token: Token): TemplateResult {
    const may = token.scopes?.map((scope) => textOr(`scope.${scope}`, scope)).join(', ') ?? text('tokens.all');
    return html`<li class="head">
      <span>
        <strong>${token.label}</strong><br />
        <span class="small muted">
          ${may}${token.expires_at == null ? '' : ` · ${text('tokens.until', { time: time(token.expires_at) })}`}
        </span>
      </span>
      <button class="quiet danger" @click=${() => void this.#end(token.id)}>${text('tokens.end')}</button>
    </li>`;
  }

  readonly #make = async (event: SubmitEvent) => {
    const form = formOf(event);
    const chosen = new FormData(form).getAll('scope');
    this.wrong = chosen.length === 0 ? text('tokens.scopes.none') : '';
    if (chosen.length === 0) return;
    const body = { label: field(form, 'label'), scopes: chosen, days: Number(field(form, 'days')) };
    const made = await this.#act.run(() => call('POST', path, madeTokenSchema, { body }));
    if (made === undefined) return;
    this.made = made.token;
    form.reset();
    await this.#tokens.reload();
  };

  async #end(id: string): Promise<void> {
    await this.#act.run(() => tell('DELETE', `${path}/${part(id)}`));
    await this.#tokens.reload();
  }
}
