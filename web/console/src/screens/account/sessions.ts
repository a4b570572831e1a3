/** The browsers in which one is signed in. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { array, type InferOutput } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, part, tell } from '../../platform/client';
import { sessionSchema } from '../../platform/schemas';

type Browser = InferOutput<typeof sessionSchema>;
const path = '/api/v1/me/sessions';

@customElement('console-sessions')
export class SessionsElement extends ConsoleElement {
  readonly #sessions = new Loaded<Browser[]>(this, () => call('GET', path, array(sessionSchema)));
  readonly #act = new Act(this);

  protected override render(): TemplateResult {
    return html`<section class="card">
      <h2>${text('sessions.title')}</h2>
      ${this.#act.note()}
      ${this.#sessions.view(
        (sessions) => html`
          <ul class="plain">
            ${sessions.map((one) => this.#session(one))}
          </ul>
          ${
            sessions.length < 2
              ? nothing
              : html`<button class="secondary" @click=${() => void this.#end(path)}>${text('sessions.end-others')}</button>`
          }
        `,
      )}
    </section>`;
  }

  #session({ id, user_agent, created_at, current }: Browser): TemplateResult {
    return html`<li class="head">
      <span class="small">
        ${user_agent ?? text('sessions.unknown')}<br />
        <span class="muted">${time(created_at)}</span>
      </span>
      ${
        current
          ? html`<span class="pill good">${text('sessions.this')}</span>`
          : html`<button class="quiet danger" @click=${() => void this.#end(`${path}/${part(id)}`)}>
              ${text('sessions.end')}
            </button>`
      }
    </li>`;
  }

  async #end(what: string): Promise<void> {
    await this.#act.run(() => tell('DELETE', what));
    await this.#sessions.reload();
  }
}
