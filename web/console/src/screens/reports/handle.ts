/** Handling a report: taking it on, leaving it, saying what came of it, looking into it again. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../../localization';
import { CarefulAct } from '../../parts/act';
import { announce, ConsoleElement, field, formOf } from '../../parts/element';
import { time } from '../../parts/format';
import { call, part } from '../../platform/client';
import { type Outcome, outcomes, type ReportDetails, reportDetailsSchema } from '../../platform/schemas';
import { session } from '../../session';

@customElement('console-handle')
export class HandleElement extends ConsoleElement {
  @property({ attribute: false }) report!: ReportDetails;
  @state() private outcome: Outcome = 'no_action';
  readonly #act = new CarefulAct<ReportDetails>(
    this,
    () => this.report,
    () => call('GET', this.#path, reportDetailsSchema),
    (report) => announce(this, 'report-changed', report),
  );

  get #path(): string {
    return `/api/v1/reports/${part(this.report.id)}`;
  }

  protected override render(): TemplateResult {
    const { report } = this;
    const mine = report.handler_id != null && report.handler_id === session.me?.id;
    const tone = report.state === 'open' ? 'attention' : 'good';
    return html`<section class="stack">
      <div class="note ${mine || report.state !== 'taken' ? tone : ''}" role="status">
        <p>${standing(report, mine)}</p>
        ${report.state === 'resolved' ? this.#result(report) : nothing} ${this.#buttons(report, mine)}
      </div>
      ${this.#act.note()} ${report.state === 'taken' && mine ? this.#form() : nothing}
    </section>`;
  }

  #buttons(report: ReportDetails, mine: boolean): TemplateResult {
    const button = (words: string, body: Record<string, unknown>, look = 'secondary') =>
      html`<button class=${look} aria-disabled=${this.#act.busy} @click=${() => void this.#do(body)}>${words}</button>`;
    switch (report.state) {
      case 'open':
        return html`<div class="actions">${button(text('user-report.take'), { action: 'take' }, 'primary')}</div>`;
      case 'taken':
        return html`<div class="actions">
          ${
            mine
              ? button(text('user-report.leave'), { action: 'leave' }, 'quiet')
              : button(text('user-report.take-over'), { action: 'take', over: true })
          }
        </div>`;
      case 'resolved':
        return html`<div class="actions">${button(text('user-report.reopen'), { action: 'reopen' })}</div>`;
    }
  }

  #result({ outcome, note, answer }: ReportDetails): TemplateResult {
    const line = (name: string, value: string | null | undefined) =>
      value == null ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`;
    return html`<dl>
      ${outcome == null ? nothing : line(text('user-report.outcome'), text(`reports.outcome.${outcome}`))}
      ${line(text('user-report.noted'), note)} ${line(text('user-report.answered'), answer)}
    </dl>`;
  }

  #form(): TemplateResult {
    const choose = (event: Event) => {
      const value = (event.target as HTMLSelectElement).value;
      this.outcome = outcomes.find((one) => one === value) ?? 'no_action';
    };
    return html`<form class="card" @submit=${this.#resolve}>
      <h2>${text('user-report.resolve')}</h2>
      <label class="field"
        >${text('user-report.outcome')}<select @change=${choose}>
          ${outcomes.map(
            (one) =>
              html`<option value=${one} ?selected=${one === this.outcome}>${text(`reports.outcome.${one}`)}</option>`,
          )}
        </select></label
      >
      ${
        this.outcome === 'publisher_warned'
          ? html`<label class="field"
                >${text('user-report.warning')}<textarea
                  name="warning"
                  required
                  maxlength="2000"
                  aria-describedby="warning-advice"
                ></textarea></label
              ><p class="advice" id="warning-advice">${text('user-report.warning.advice')}</p>`
          : nothing
      }
      <label class="field"
        >${text('user-report.note')}<textarea name="note" required maxlength="2000"></textarea
      ></label>
      <label class="field"
        >${text('user-report.answer')}<textarea name="answer" maxlength="2000"></textarea
      ></label>
      <button class="primary" aria-disabled=${this.#act.busy}>${text('user-report.resolve')}</button>
    </form>`;
  }

  readonly #resolve = async (event: SubmitEvent) => {
    const form = formOf(event);
    const said = (name: string) => {
      const words = field(form, name);
      return words === '' ? {} : { [name]: words };
    };
    await this.#do({
      action: 'resolve',
      outcome: this.outcome,
      ...said('note'),
      ...said('answer'),
      ...said('warning'),
    });
  };

  async #do(body: Record<string, unknown>): Promise<void> {
    await this.#act.change((revision) => call('POST', `${this.#path}/acts`, reportDetailsSchema, { body, revision }));
  }
}

function standing(report: ReportDetails, mine: boolean): string {
  const name = report.handler_name ?? '';
  if (report.state === 'open') return text('user-report.free');
  if (report.state === 'resolved') return text('user-report.resolved', { name, time: time(report.resolved_at ?? 0) });
  const since = { time: time(report.taken_at ?? 0) };
  return mine ? text('user-report.mine', since) : text('user-report.theirs', { name, ...since });
}
