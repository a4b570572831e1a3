/** The data agreement as its maker declared it: each category with what it is for and how long it is kept. */
import { css, html, type TemplateResult } from 'lit';
import { locale, text } from '../localization';
import { type DeclaredData, localise } from './declarations';
import { categoryWords } from './words';

export const termsLook = css`
  .data {
    display: grid;
    gap: 12px;
    margin: 12px 0;
  }
  .data section {
    padding: 12px 16px;
    border-radius: var(--corner-control);
    background: var(--plate);
  }
  .data h4 {
    margin: 0 0 4px;
    font-size: var(--text-15);
  }
  .data dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 2px 12px;
    margin: 0;
  }
  .data dt {
    font-size: var(--text-13);
    color: var(--muted);
  }
  .data dd {
    margin: 0;
    font-size: var(--text-13);
    overflow-wrap: anywhere;
  }
`;

export function dataTerms(declared: readonly DeclaredData[], more?: (one: DeclaredData) => unknown): TemplateResult[] {
  return declared.map(
    (one) => html`<section>
      <h4>${categoryWords(one.category)}</h4>
      <dl>
        <dt>${text('privacy.purpose')}</dt>
        <dd>${localise(one.purpose, locale())}</dd>
        <dt>${text('privacy.retention')}</dt>
        <dd>${localise(one.retention, locale())}</dd>
      </dl>
      ${more?.(one)}
    </section>`,
  );
}
