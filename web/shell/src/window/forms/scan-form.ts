/** Reads a code by the camera, or from a picture of the device. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TrustedForm } from '../../apis/ask-form';
import { codeReader, type FoundCode } from '../../apis/scan/reader';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

/** Milliseconds between two looks at the camera. */
const every = 150;

@customElement('mezze-scan-form')
export class ScanForm extends TrustedForm<FoundCode> {
  static override styles = [
    controls,
    formStyle,
    css`
      video {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        margin-top: 12px;
        border-radius: var(--corner-card);
        background: #000;
        object-fit: cover;
      }
      .file {
        display: inline-flex;
        text-align: center;
        margin-top: 0;
        color: var(--ink);
        font-size: var(--text-15);
        cursor: pointer;
      }
      .file input {
        position: absolute;
        width: 1px;
        height: 1px;
        opacity: 0;
      }
      .note {
        margin-top: 12px;
        font-size: var(--text-13);
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) formats: string[] = [];
  @property({ type: Boolean }) pictures = true;
  @state() private note = '';
  #stream: MediaStream | undefined;
  #closed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#closed = false;
    void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closed = true;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }

  protected override render(): TemplateResult {
    return html`
      <video muted playsinline aria-label=${text('scan.title')}></video>
      ${this.note === '' ? nothing : html`<p class="note" role="status">${this.note}</p>`}
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        ${
          this.pictures
            ? html`<label class="secondary file">
                <input type="file" accept="image/*" @change=${(event: Event) => void this.#picture(event)} />
                ${text('scan.picture')}
              </label>`
            : nothing
        }
      </div>
    `;
  }

  async #look(): Promise<void> {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      this.note = text('scan.no-camera');
      return;
    }
    await this.updateComplete;
    const video = this.renderRoot.querySelector('video');
    if (this.#closed || video === null) {
      for (const track of this.#stream.getTracks()) track.stop();
      return;
    }
    video.srcObject = this.#stream;
    await video.play().catch(() => undefined);
    const read = await codeReader(this.formats);
    while (!this.#closed) {
      const found = await read(video);
      if (found !== undefined && !this.#closed) {
        navigator.vibrate?.(15);
        this.answer(found);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }

  async #picture(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file === undefined) return;
    const bitmap = await createImageBitmap(file).catch(() => undefined);
    const found = bitmap && (await (await codeReader(this.formats))(bitmap));
    bitmap?.close();
    if (found === undefined) this.note = text('scan.nothing');
    else this.answer(found);
  }
}
