/** Testers of a mini app, and the links by which they come. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { array, type InferOutput } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, emptyNote, field, formOf } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { Pages } from '../../parts/pages';
import { call, page, part, tell } from '../../platform/client';
import { linkSchema, madeLinkSchema, testerSchema } from '../../platform/schemas';
import '../../parts/secret';

type Tester = InferOutput<typeof testerSchema>;
type Link = InferOutput<typeof linkSchema>;

@customElement('console-testers')
export class TestersElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  @property({ type: Boolean }) own = false;
  @state() private made: InferOutput<typeof madeLinkSchema> | undefined;
  readonly #testers = new Pages<Tester>(this, (after) => page(`${this.#path}/testers`, testerSchema, {}, after));
  readonly #links = new Loaded<Link[]>(this, () => call('GET', `${this.#path}/test-links`, array(linkSchema)));
  readonly #make = new Act(this);
  readonly #end = new Act(this);

  get #path(): string {
    return `/api/v1/apps/${part(this.appId)}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <p class="muted">${text('testers.advice')}</p>
      ${this.own ? this.#newLink() : nothing}
      ${this.#end.note()}
      ${this.#links.view((links) => (links.length === 0 ? nothing : this.#linkList(links)))}
      <section class="card">
        <h2>${text('testers.title')}</h2>
        ${this.#testers.view(
          (testers) => this.#testerList(testers),
          () => emptyNote(text('testers.empty'), text('testers.empty.advice')),
        )}
      </section>
    </div>`;
  }

  #newLink(): TemplateResult {
    return html`<section class="card">
      <h2>${text('links.new')}</h2>
      <form class="line" @submit=${this.#makeLink}>
        <label class="field">${text('links.label')}<input name="label" maxlength="100" /></label>
        <label class="field"
          >${text('links.uses')}<input name="uses" type="number" min="1" max="1000" value="20" required
        /></label>
        <label class="field"
          >${text('links.days')}<input name="days" type="number" min="1" max="90" value="14" required
        /></label>
        <button class="primary" aria-disabled=${this.#make.busy}>${text('links.submit')}</button>
      </form>
      ${this.#make.note()}
      ${
        this.made === undefined
          ? nothing
          : html`<console-secret caption=${text('links.made')} value=${this.made.url}></console-secret>
              <console-secret caption=${text('links.code')} value=${this.made.code}></console-secret>`
      }
    </section>`;
  }

  #linkList(links: readonly Link[]): TemplateResult {
    return html`<section class="card">
      <h2>${text('links.title')}</h2>
      <ul class="plain">
        ${links.map(
          (link) => html`<li class="head">
            <span>
              <strong>${link.label || text('links.unnamed')}</strong><br />
              <span class="small muted"
                >${text('links.used', { uses: link.uses, most: link.most_uses, time: time(link.expires_at) })}</span
              >
            </span>
            ${
              this.own
                ? html`<button class="quiet danger" @click=${() => void this.#remove(`test-links/${part(link.id)}`)}>
                    ${text('links.end')}
                  </button>`
                : nothing
            }
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #testerList(testers: readonly Tester[]): TemplateResult {
    return html`<ul class="plain">
      ${testers.map(
        (tester) => html`<li class="head">
          <span>${tester.name} <span class="small muted">${text('testers.since')} ${time(tester.created_at)}</span></span>
          ${
            this.own
              ? html`<button class="quiet danger" @click=${() => void this.#remove(`testers/${part(tester.user_id)}`)}>
                  ${text('testers.remove')}
                </button>`
              : nothing
          }
        </li>`,
      )}
    </ul>`;
  }

  readonly #makeLink = async (event: SubmitEvent) => {
    const form = formOf(event);
    const body = {
      label: field(form, 'label'),
      uses: Number(field(form, 'uses')),
      days: Number(field(form, 'days')),
    };
    this.made = await this.#make.run(() => call('POST', `${this.#path}/test-links`, madeLinkSchema, { body }));
    if (this.made !== undefined) await this.#links.reload();
  };

  async #remove(what: string): Promise<void> {
    await this.#end.run(() => tell('DELETE', `${this.#path}/${what}`));
    await Promise.all([this.#links.reload(), this.#testers.reload()]);
  }
}
