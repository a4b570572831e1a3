/** How the platform is doing: what answers, releases and jobs, and the load by route. */
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { InferOutput } from 'valibot';
import { languageTag } from '../../../../common/locale';
import { text, textOr } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { Loaded } from '../../parts/loaded';
import { statePill } from '../../parts/pill';
import { call, textOf } from '../../platform/client';
import { type RouteLoad, routeLoads } from '../../platform/metrics';
import { overviewSchema } from '../../platform/schemas';

type Overview = InferOutput<typeof overviewSchema>;

const mostRoutes = 20;
/** Redrawn this often, in milliseconds, while it is looked at. */
const beat = 15_000;

@customElement('console-health')
export class HealthElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      meter {
        width: 100%;
        min-width: 80px;
        height: 8px;
      }
    `,
  ];

  readonly #overview = new Loaded<Overview>(this, () => call('GET', '/api/v1/operation', overviewSchema));
  readonly #loads = new Loaded<RouteLoad[]>(this, async () => routeLoads(await textOf('/metrics')));
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.#refresh();
    }, beat);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <div class="head">
        <h1>${text('health.title')}</h1>
        <button class="secondary" @click=${() => this.#refresh()}>${text('health.refresh')}</button>
      </div>
      ${this.#overview.view((overview) => this.#state(overview))} ${this.#loads.view((loads) => this.#load(loads))}
    </div>`;
  }

  #refresh(): void {
    void this.#overview.reload();
    void this.#loads.reload();
  }

  #state({ version, blobs, apps, releases, jobs }: Overview): TemplateResult {
    const answers = (does: boolean) =>
      html`<span class="pill ${does ? 'good' : 'danger'}">${text(does ? 'health.answers' : 'health.silent')}</span>`;
    return html`<section class="card">
        <dl>
          <dt>${text('health.version')}</dt>
          <dd>${version}</dd>
          <dt>${text('health.database')}</dt>
          <dd>${answers(true)}</dd>
          <dt>${text('health.blobs')}</dt>
          <dd>${answers(blobs)}</dd>
          <dt>${text('health.apps')}</dt>
          <dd>${apps}</dd>
        </dl>
      </section>
      <section class="card">
        <h2>${text('health.releases')}</h2>
        <div class="actions">
          ${releases.map(({ state, count }) => html`<span>${statePill(state)} ${count}</span>`)}
        </div>
      </section>
      <section class="card">
        <h2>${text('health.jobs')}</h2>
        ${jobs.length === 0 ? html`<p class="muted">${text('health.no-jobs')}</p>` : ''}
        <ul class="plain">
          ${jobs.map(
            ({ kind, state, count }) => html`<li class="head">
              <code>${kind}</code>
              <span class="pill ${state === 'failed' ? 'danger' : ''}">${textOr(`job.${state}`, state)}</span>
              <span class="number">${count}</span>
            </li>`,
          )}
        </ul>
      </section>`;
  }

  #load(loads: readonly RouteLoad[]): TemplateResult {
    const most = loads[0]?.count ?? 1;
    const milliseconds = new Intl.NumberFormat(languageTag(), {
      style: 'unit',
      unit: 'millisecond',
      maximumFractionDigits: 1,
    });
    return html`<section class="card">
      <h2>${text('health.requests')}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">${text('health.route')}</th>
              <th scope="col" colspan="2">${text('health.count')}</th>
              <th scope="col" class="number">${text('health.errors')}</th>
              <th scope="col" class="number">${text('health.mean')}</th>
            </tr>
          </thead>
          <tbody>
            ${loads.slice(0, mostRoutes).map(
              ({ route, count, failures, mean }) => html`<tr>
                <td class="wide"><code>${route}</code></td>
                <td><meter max=${most} value=${count} aria-hidden="true"></meter></td>
                <td class="number">${count}</td>
                <td class="number ${failures > 0 ? 'danger' : ''}">${failures}</td>
                <td class="number">${milliseconds.format(mean)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}
