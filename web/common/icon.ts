/** One of Lucide's pictures, given as SVG text of the build. */
import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

/** Decoration only: the control that holds it has a name. */
export function picture(svg: string): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${unsafeHTML(svg.replace(/<!--[\s\S]*?-->/g, ''))}</span>`;
}
