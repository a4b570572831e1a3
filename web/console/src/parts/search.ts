/** A search whose words are in the address. */
import { html, type TemplateResult } from 'lit';
import { text } from '../localization';
import { router } from '../router';
import { field, formOf } from './element';

export function searchForm(searched: () => void, more: unknown = ''): TemplateResult {
  const submit = (event: SubmitEvent) => {
    router.setQuery('search', field(formOf(event), 'search'));
    searched();
  };
  return html`<form class="line" role="search" @submit=${submit}>
    <label class="field"
      >${text('search')}<input name="search" type="search" value=${router.query('search')}
    /></label>
    ${more}
    <button class="secondary">${text('search.submit')}</button>
  </form>`;
}
