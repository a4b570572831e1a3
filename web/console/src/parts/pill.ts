/** States as pills: a word, and a dot whose colour only repeats it. */
import { html, type TemplateResult } from 'lit';
import { text } from '../localization';
import type { Organisation, ReleaseState } from '../platform/schemas';

const tones: Record<ReleaseState, string> = {
  draft: '',
  uploaded: 'attention',
  checked: 'olive',
  in_review: 'attention',
  approved: 'good',
  rejected: 'danger',
  staged: 'olive',
  released: 'good',
  superseded: '',
  withdrawn: 'danger',
};

export function statePill(state: ReleaseState): TemplateResult {
  return html`<span class="pill ${tones[state]}">${text(`state.${state}`)}</span>`;
}

export function verificationPill({ verification, verified_domain }: Organisation): TemplateResult {
  if (verification === 'operator') return html`<span class="pill good">${text('verification.operator')}</span>`;
  if (verification === 'domain') {
    return html`<span class="pill good">${text('verification.domain', { domain: verified_domain ?? '' })}</span>`;
  }
  return html`<span class="pill">${text('verification.unverified')}</span>`;
}
