/** Something that is shown once, with a way to copy it. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../localization';
import { ConsoleElement } from './element';

@customElement('console-secret')
export class SecretElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      code {
        display: block;
        padding: 12px;
        border-radius: var(--corner-control);
        background: var(--plate);
        white-space: pre-wrap;
        user-select: all;
      }
    `,
  ];

  @property() value = '';
  @property() caption = '';
  @state() private copied = false;

  protected override render(): TemplateResult {
    return html`<div class="note good" role="status">
      <strong>${this.caption}</strong>
      <code>${this.value}</code>
      <button class="secondary" type="button" @click=${this.#copy}>${text(this.copied ? 'copied' : 'copy')}</button>
    </div>`;
  }

  readonly #copy = async () => {
    // Where the browser refuses, the value is still there to be selected.
    await navigator.clipboard.writeText(this.value).then(
      () => {
        this.copied = true;
      },
      () => undefined,
    );
  };
}
