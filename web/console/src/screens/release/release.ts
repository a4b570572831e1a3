/** One release: where it stands, what can be done with it, its report, the talk with the reviewers, its history. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { percent, size, time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { besideStyles } from '../../parts/look';
import { statePill } from '../../parts/pill';
import { tabs } from '../../parts/tabs';
import { call, part } from '../../platform/client';
import { type App, appSchema, type Release, releaseSchema } from '../../platform/schemas';
import { router, to } from '../../router';
import '../../parts/history';
import './acts';
import './report';
import './talk';

/** While the platform brings the release further by itself, it is asked this often, in milliseconds. */
const beat = 2000;
/** Once in so many beats while a review is due: a program decides in a moment, people take longer. */
const patience = 5;

/** After how many beats the release is worth another look; none where only a person brings it further. */
function beatsFor({ state, scheduled_at, submit_when_checked }: Release): number | undefined {
  if (state === 'uploaded' || (scheduled_at != null && scheduled_at * 1000 <= Date.now())) return 1;
  const isDue = state === 'in_review' || (state === 'checked' && submit_when_checked);
  return isDue ? patience : undefined;
}

@customElement('console-release')
export class ReleaseElement extends ConsoleElement {
  static override styles = [...ConsoleElement.styles, besideStyles];

  @property({ attribute: 'release-id' }) releaseId = '';
  /** Whose it is says what this person may do with it. */
  #app: App | undefined;
  readonly #release = new Loaded<Release>(this, async () => {
    const release = await call('GET', `/api/v1/releases/${part(this.releaseId)}`, releaseSchema);
    this.#app ??= await call('GET', `/api/v1/apps/${part(release.app_id)}`, appSchema);
    return release;
  });
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Since the last look. */
  #beats = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#follow(), beat);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  #follow(): void {
    this.#beats += 1;
    const release = this.#release.value;
    const wanted = release === undefined ? undefined : beatsFor(release);
    if (wanted === undefined || this.#beats < wanted || document.visibilityState !== 'visible') return;
    this.#beats = 0;
    void this.#release.reload();
  }

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    return html`${this.#release.view((release) => this.#all(release))}`;
  }

  #all(release: Release): TemplateResult {
    const changed = (event: CustomEvent<Release>) => this.#release.set(event.detail);
    const parts = [
      { name: 'report', title: text('report') },
      { name: 'talk', title: text('review.tab.talk') },
      { name: 'history', title: text('app.history') },
    ];
    return html`<div class="stack">
      <a class="small" href=${to('apps', release.app_id)}>${release.app_id}</a>
      <div class="head">
        <h1>${text('release.title', { name: release.name, version: release.version })}</h1>
        ${statePill(release.state)}
      </div>
      <div class="beside stack">
        <div class="stack">
          ${this.#standing(release)}
          <console-acts .release=${release} .app=${this.#app} @release-changed=${changed}></console-acts>
        </div>
        ${this.#facts(release)}
      </div>
      ${tabs(text('review.parts'), parts)} ${this.#part(release)}
    </div>`;
  }

  #standing(release: Release): TemplateResult {
    const tone = release.state === 'rejected' || release.state === 'withdrawn' ? 'danger' : 'good';
    return html`<div class="note ${tone}" role="status">
      <p>${text(`next.${release.state}`)}</p>
      ${release.state_reason == null ? nothing : html`<p>${text('release.reason')}: ${release.state_reason}</p>`}
      ${
        release.state === 'staged' && release.share != null
          ? html`<p>${text('release.share', { share: percent(release.share) })}</p>`
          : nothing
      }
      ${
        release.scheduled_at == null
          ? nothing
          : html`<p>${text('release.scheduled', { time: time(release.scheduled_at) })}</p>`
      }
      ${release.state === 'uploaded' && release.submit_when_checked ? html`<p>${text('release.after-check')}</p>` : nothing}
      ${release.state === 'in_review' && release.release_when_approved ? html`<p>${text('release.after-approval')}</p>` : nothing}
    </div>`;
  }

  #facts(release: Release): TemplateResult {
    const fact = (name: string, value: unknown) =>
      value == null || value === '' ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`;
    const code = (value: string | null | undefined) => (value ? html`<code>${value}</code>` : undefined);
    const runs = !['draft', 'uploaded', 'rejected', 'withdrawn'].includes(release.state);
    return html`<section class="card" aria-label=${text('release.facts')}>
      <h2>${text('release.facts')}</h2>
      <dl>
        ${fact(text('release.version'), `${release.version} (${release.version_code})`)}
        ${fact(text('release.notes'), release.notes)}
        ${fact(text('release.created'), time(release.created_at))}
        ${fact(text('release.size'), release.package_size == null ? undefined : size(release.package_size))}
        ${fact(text('release.key'), code(release.developer_key))}
        ${fact(text('release.digest'), code(release.submitted_digest))}
        ${fact(text('release.countersigned'), code(release.package_digest))}
      </dl>
      ${release.forced ? html`<p class="small">${text('release.forced')}</p>` : nothing}
      ${
        runs
          ? html`<a href="/miniapp/${release.app_id};version=${release.version}" target="_blank">${text('release.run')}</a>`
          : nothing
      }
    </section>`;
  }

  #part(release: Release): TemplateResult {
    const chosen = router.query('tab');
    if (chosen === 'talk') return html`<console-talk release-id=${release.id}></console-talk>`;
    if (chosen === 'history') {
      return html`<console-history app-id=${release.app_id} subject-id=${release.id}></console-history>`;
    }
    return html`<console-report .release=${release}></console-report>`;
  }
}
