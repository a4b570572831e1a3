/** One line over a running app: what the user should know of it, the most pressing first. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../localization';
import type { MiniApp } from '../miniapp/mini-app';
import { categoryWords } from '../permission/words';

export interface NoteSurroundings {
  /** The app's name. */
  name: string;
  openSettings: () => void;
  /** Starts the app anew, with its newest release. */
  restart: () => void;
}

export function notes(app: MiniApp, surroundings: NoteSurroundings): TemplateResult | typeof nothing {
  if (app.unresponsive !== undefined) return unresponsive(app, app.unresponsive, surroundings.name);
  if (app.subpackages.fetching > 0) {
    return html`<div class="note late" role="status"><span>${text('note.fetching-part')}</span></div>`;
  }
  if (app.buildFailure !== undefined) {
    return html`<div class="note" role="alert"><span>${text('note.build-failed')} ${app.buildFailure}</span></div>`;
  }
  const { notice } = app.permission;
  if (notice !== undefined && app.phase === 'running') {
    const review = () => {
      app.permission.dismissNotice();
      surroundings.openSettings();
    };
    const values = { name: surroundings.name, data: notice.map(categoryWords).join(', ') };
    return html`<div class="note" role="status">
      <span>${text('privacy.note', values)}</span><button @click=${review}>${text('privacy.note.review')}</button>
    </div>`;
  }
  if (app.updateReady && app.phase === 'running') {
    const later = () => {
      app.updateReady = false;
      app.changed();
    };
    return html`<div class="note" role="status">
      <span>${text('note.update')}</span>
      <button @click=${later}>${text('note.later')}</button>
      <button @click=${() => surroundings.restart()}>${text('note.restart')}</button>
    </div>`;
  }
  return nothing;
}

function unresponsive(app: MiniApp, part: 'logic' | 'page', name: string): TemplateResult {
  const stop = () => app.stopUnresponsive(part);
  const wait = () => app.keepWaiting();
  return html`<div class="note" role="alert">
    <span>${text('note.unresponsive', { name })}</span>
    <button @click=${wait}>${text('note.wait')}</button>
    <button @click=${stop}>${text('note.stop')}</button>
  </div>`;
}
