/** Which messages an app may send: one line a template, and whether to ask again. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TrustedForm } from '../../apis/ask-form';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

export interface SubscribeAnswer {
  accepted: string[];
  /** Remembered, not asked again. */
  always: boolean;
}

@customElement('mezze-subscribe-form')
export class SubscribeForm extends TrustedForm<SubscribeAnswer> {
  static override styles = [controls, formStyle];

  @property({ attribute: false }) templates: string[] = [];

  protected override render(): TemplateResult {
    return html`
      ${this.templates.map(
        (id) => html`<label class="row"><input type="checkbox" name="template" value=${id} checked />${id}</label>`,
      )}
      <label class="row small"><input type="checkbox" name="always" />${text('subscribe.always')}</label>
      <div class="pair">
        <button class="secondary" @click=${() => this.#answer(false)}>${text('refuse')}</button>
        <button class="primary" @click=${this.guarded(() => this.#answer(true))}>${text('allow')}</button>
      </div>
    `;
  }

  #answer(allowed: boolean): void {
    const checked = (name: string) =>
      [...this.renderRoot.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map(
        ({ value }) => value,
      );
    this.answer({ accepted: allowed ? checked('template') : [], always: checked('always').length > 0 });
  }
}
