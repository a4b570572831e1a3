/** How a report's state looks. */
import { html, type TemplateResult } from 'lit';
import { text } from '../../localization';
import type { ReportState } from '../../platform/schemas';

const tones: Record<ReportState, string> = { open: 'attention', taken: 'olive', resolved: 'good' };

export function reportPill(state: ReportState): TemplateResult {
  return html`<span class="pill ${tones[state]}">${text(`reports.state.${state}`)}</span>`;
}
