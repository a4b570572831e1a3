/** The review of one release: the mini app running beside all that is known of it, and the decision. */
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { Loaded } from '../../parts/loaded';
import { statePill } from '../../parts/pill';
import { tabs } from '../../parts/tabs';
import { call, part } from '../../platform/client';
import { type Release, type Review, reviewSchema } from '../../platform/schemas';
import { router, to } from '../../router';
import '../../parts/history';
import '../release/report';
import '../release/talk';
import './claim';
import './decision';
import './publisher';
import './run';

const parts = ['permissions', 'difference', 'report', 'talk', 'history'] as const;

@customElement('console-review')
export class ReviewElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      @media (min-width: 1000px) {
        .desk {
          display: grid;
          grid-template-columns: 392px minmax(0, 1fr);
          align-items: start;
          gap: 32px;
        }
        console-run {
          position: sticky;
          top: 0;
        }
      }
    `,
  ];

  @property({ attribute: 'release-id' }) releaseId = '';
  readonly #review = new Loaded<Review>(this, () =>
    call('GET', `/api/v1/reviews/${part(this.releaseId)}`, reviewSchema),
  );

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    return html`${this.#review.view((review) => this.#all(review))}`;
  }

  #all(review: Review): TemplateResult {
    const { release } = review;
    const names = parts.map((name) => ({ name, title: text(`review.tab.${name}`) }));
    const changed = (event: CustomEvent<Review>) => this.#review.set(event.detail);
    const decided = (event: CustomEvent<Release>) => {
      this.#review.set({ ...review, release: event.detail });
      void this.#review.reload();
    };
    return html`<div class="stack">
      <a class="small" href=${to('reviews')}>${text('reviews.title')}</a>
      <div class="head">
        <h1>${text('release.title', { name: release.name, version: release.version })}</h1>
        ${statePill(release.state)}
      </div>
      <div class="actions">
        <a href=${to('apps', release.app_id)}><code>${release.app_id}</code></a>
        ${release.notes == null ? '' : html`<span class="muted">${release.notes}</span>`}
      </div>
      <console-publisher app-id=${release.app_id}></console-publisher>
      <console-claim .review=${review} @review-changed=${changed}></console-claim>
      <div class="desk stack">
        <console-run app-id=${release.app_id} version=${release.version}></console-run>
        <div class="stack">
          ${tabs(text('review.parts'), names)} ${this.#part(release)}
          <console-decision
            .review=${review}
            @review-changed=${changed}
            @release-changed=${decided}
          ></console-decision>
        </div>
      </div>
    </div>`;
  }

  #part(release: Release): TemplateResult {
    switch (router.query('tab')) {
      case 'talk':
        return html`<console-talk release-id=${release.id} reviewing></console-talk>`;
      case 'history':
        return html`<console-history app-id=${release.app_id} subject-id=${release.id}></console-history>`;
      case 'difference':
        return html`<console-report .release=${release} shown="difference"></console-report>`;
      case 'report':
        return html`<console-report .release=${release} shown="report"></console-report>`;
      default:
        return html`<console-report .release=${release} shown="permissions"></console-report>`;
    }
  }
}
