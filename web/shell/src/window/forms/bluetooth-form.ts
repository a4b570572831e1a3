/** Lets the user open the browser's list of devices, as often as wanted: it opens by a tap only. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TrustedForm } from '../../apis/ask-form';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

@customElement('mezze-bluetooth-form')
export class BluetoothForm extends TrustedForm<true> {
  static override styles = [controls, formStyle];

  @property({ attribute: false }) choose: () => Promise<void> = () => Promise.resolve();
  @state() private note = '';

  protected override render(): TemplateResult {
    return html`
      ${this.note === '' ? nothing : html`<p class="small" role="status">${this.note}</p>`}
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        <button class="primary" @click=${this.guarded(() => void this.#choose())}>${text('bluetooth.choose')}</button>
      </div>
    `;
  }

  async #choose(): Promise<void> {
    try {
      await this.choose();
      this.answer(true);
    } catch (failure) {
      // Nothing chosen: the sheet stays, the user may look again.
      const dismissed = failure instanceof DOMException && failure.name === 'NotFoundError';
      this.note = dismissed ? '' : String(failure);
    }
  }
}
