/** Which picture stands for the user in an app: the account's own, or one from the device. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TrustedForm } from '../../apis/ask-form';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

/** Larger pictures are scaled down: an avatar is small. */
const largest = 640;

@customElement('mezze-avatar-form')
export class AvatarForm extends TrustedForm<Blob> {
  static override styles = [
    controls,
    formStyle,
    css`
      .own {
        display: flex;
        align-items: center;
        gap: 16px;
        width: 100%;
        padding: 12px 0;
      }
      img {
        width: 56px;
        height: 56px;
        border-radius: var(--corner-control);
      }
      .file {
        cursor: pointer;
        color: var(--ink);
        font-size: var(--text-15);
        margin-top: 0;
        display: inline-flex;
        text-align: center;
      }
      .file input {
        position: absolute;
        width: 1px;
        height: 1px;
        opacity: 0;
      }
    `,
  ];

  @property({ attribute: false }) own!: Blob;
  #url = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#url = URL.createObjectURL(this.own);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.#url);
  }

  protected override render(): TemplateResult {
    return html`
      <button class="own" @click=${this.guarded(() => this.answer(this.own))}>
        <img src=${this.#url} alt="" />${text('avatar.own')}
      </button>
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        <label class="secondary file">
          <input type="file" accept="image/*" @change=${(event: Event) => void this.#chosen(event)} />${text('avatar.device')}
        </label>
      </div>
    `;
  }

  async #chosen(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file === undefined) return;
    const picture = await square(file).catch(() => undefined);
    if (picture !== undefined) this.answer(picture);
  }
}

/** The middle of a picture, drawn again: what the file says besides its pixels stays on the device. */
async function square(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const side = Math.min(bitmap.width, bitmap.height);
  const size = Math.min(side, largest);
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  canvas.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, size, size);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
  if (blob === null) throw new Error('the picture could not be drawn');
  return blob;
}
