/**
 * A refusal of the platform where the person is: what happened, and what to do. The title is in the person's language, by
 * the problem's kind; what the platform says of this very case is English, and stands below as its own words.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { locale } from '../../../common/locale';
import { text, textOr } from '../localization';
import type { PlatformProblem } from '../platform/client';

export function problemNote(problem: PlatformProblem, retry?: () => void): TemplateResult {
  const title = problem.unreachable ? text('problem.unreachable') : textOr(`problem.${problem.kind}`, problem.title);
  const detail = problem.unreachable ? text('problem.unreachable.advice') : problem.detail;
  const foreign = locale() !== 'en' && !problem.unreachable;
  return html`<div class="note danger" role="alert">
    <strong>${title}</strong>
    ${detail === '' ? nothing : html`<p class=${foreign ? 'hint' : ''} lang=${foreign ? 'en' : nothing}>${detail}</p>`}
    ${problem.hint === undefined ? nothing : html`<p class="hint" lang=${foreign ? 'en' : nothing}>${problem.hint}</p>`}
    ${
      retry === undefined
        ? nothing
        : html`<button class="secondary" type="button" @click=${retry}>${text('problem.retry')}</button>`
    }
  </div>`;
}
