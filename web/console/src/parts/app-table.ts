/** Mini apps as a list that leads to each. */
import { html, type TemplateResult } from 'lit';
import { text, textOr } from '../localization';
import type { App } from '../platform/schemas';
import { to } from '../router';
import { time } from './format';

export function appTable(apps: readonly App[]): TemplateResult {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${text('apps.name')}</th>
          <th scope="col">${text('release.state')}</th>
          <th scope="col">${text('apps.category')}</th>
          <th scope="col">${text('apps.reserved')}</th>
        </tr>
      </thead>
      <tbody>
        ${apps.map(
          (app) => html`<tr>
            <td class="wide">
              <a href=${to('apps', app.app_id)}><strong>${app.name ?? text('app.not-named')}</strong></a><br />
              <code class="muted">${app.app_id}</code>
            </td>
            <td>${appState(app)}</td>
            <td>${app.category == null ? '–' : textOr(`category.${app.category}`, app.category)}</td>
            <td>${time(app.created_at)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function appState(app: App): TemplateResult {
  const released =
    app.current_release_id == null
      ? html`<span class="pill">${text('apps.not-released')}</span>`
      : html`<span class="pill good">${text('apps.released')}</span>`;
  return app.staged_release_id == null
    ? released
    : html`${released} <span class="pill olive">${text('apps.staged')}</span>`;
}
