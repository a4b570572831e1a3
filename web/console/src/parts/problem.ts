/** A refusal of the platform where the person is: what happened, and what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../localization';
import type { PlatformProblem } from '../platform/client';

export function problemNote(problem: PlatformProblem, retry?: () => void): TemplateResult {
  const title = problem.unreachable ? text('problem.unreachable') : problem.title;
  const detail = problem.unreachable ? text('problem.unreachable.advice') : problem.detail;
  return html`<div class="note danger" role="alert">
    <strong>${title}</strong>
    ${detail === '' ? nothing : html`<p>${detail}</p>`}
    ${problem.hint === undefined ? nothing : html`<p class="hint">${problem.hint}</p>`}
    ${
      retry === undefined
        ? nothing
        : html`<button class="secondary" type="button" @click=${retry}>${text('problem.retry')}</button>`
    }
  </div>`;
}
