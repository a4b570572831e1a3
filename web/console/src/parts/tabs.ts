/** Parts of one screen, each with an address of its own: `?tab=`. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
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
        ${ref((element) => name === chosen && show(element))}
        aria-current=${name === chosen ? 'page' : nothing}
        @click=${(event: Event) => take(event, name)}
        >${title}</a
      >`,
    )}
  </nav>`;
}

/** On a narrow screen the chosen one may lie outside of the row. */
function show(element: Element | undefined): void {
  if (!(element instanceof HTMLElement)) return;
  requestAnimationFrame(() => {
    const row = element.parentElement;
    if (row === null) return;
    const end = element.offsetLeft - row.offsetLeft + element.offsetWidth;
    if (end > row.clientWidth + row.scrollLeft) row.scrollLeft = end - row.clientWidth;
  });
}
