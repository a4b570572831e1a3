/** Parts of one screen, each with an address of its own: `?tab=`. */
import { html, nothing, type TemplateResult } from 'lit';
import { router } from '../router';

export interface Tab {
  name: string;
  title: string;
}

/** The first one is shown where the address names none. */
export function tabs(label: string, names: readonly Tab[]): TemplateResult {
  const chosen = router.query('tab') || names[0]?.name;
  const take = (event: Event, name: string) => {
    event.preventDefault();
    router.setQuery('tab', name);
  };
  return html`<nav class="tabs" aria-label=${label}>
    ${names.map(
      ({ name, title }) => html`<a
        href="?tab=${name}"
        aria-current=${name === chosen ? 'page' : nothing}
        @click=${(event: Event) => take(event, name)}
        >${title}</a
      >`,
    )}
  </nav>`;
}
