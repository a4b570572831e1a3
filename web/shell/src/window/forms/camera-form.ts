/** Takes a picture or records a video, where the browser itself opens no camera for a file field (computers). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TrustedForm } from '../../apis/ask-form';
import { toBlob } from '../../apis/media/picture';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

@customElement('mezze-camera-form')
export class CameraForm extends TrustedForm<File> {
  static override styles = [
    controls,
    formStyle,
    css`
      .view {
        position: relative;
        margin-top: 12px;
      }
      video {
        display: block;
        width: 100%;
        max-height: 48vh;
        border-radius: var(--corner-card);
        background: #000;
        object-fit: contain;
      }
      .time {
        position: absolute;
        left: 12px;
        top: 12px;
        padding: 0 8px;
        border-radius: var(--corner-pill);
        background: var(--sumac);
        color: #fff;
        font-size: var(--text-13);
        font-variant-numeric: tabular-nums;
      }
      .note {
        margin-top: 12px;
        font-size: var(--text-13);
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) kind: 'picture' | 'video' | 'media' = 'picture';
  @property({ attribute: false }) facing: 'front' | 'back' = 'back';
  /** Seconds that a video may last. */
  @property({ attribute: false }) longest = 60;
  @state() private note = '';
  @state() private seconds: number | undefined;
  #stream: MediaStream | undefined;
  #recorder: MediaRecorder | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#closed = false;
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closed = true;
    clearInterval(this.#timer);
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }

  protected override render(): TemplateResult {
    const recording = this.seconds !== undefined;
    const time = `0:${String(this.seconds ?? 0).padStart(2, '0')}`;
    return html`
      <div class="view">
        <video muted playsinline aria-label=${text('pick.camera.media')}></video>
        ${recording ? html`<span class="time" role="timer">${time}</span>` : nothing}
      </div>
      ${this.note === '' ? nothing : html`<p class="note" role="status">${this.note}</p>`}
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        ${
          this.kind === 'video' || recording
            ? nothing
            : html`<button class="primary" @click=${this.guarded(() => void this.#take())}>${text('camera.take')}</button>`
        }
        ${
          this.kind === 'picture'
            ? nothing
            : html`<button class="primary" @click=${this.guarded(() => this.#toggleRecording())}>
                ${text(recording ? 'camera.stop' : 'camera.record')}
              </button>`
        }
      </div>
    `;
  }

  async #open(): Promise<void> {
    const video = { facingMode: this.facing === 'front' ? 'user' : 'environment' };
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: this.kind !== 'picture' });
    } catch {
      this.note = text('camera.none');
      return;
    }
    await this.updateComplete;
    const player = this.renderRoot.querySelector('video');
    if (this.#closed || player === null) {
      for (const track of this.#stream.getTracks()) track.stop();
      return;
    }
    player.srcObject = this.#stream;
    await player.play().catch(() => undefined);
  }

  async #take(): Promise<void> {
    const player = this.renderRoot.querySelector('video');
    if (player === null || player.videoWidth === 0) return;
    const canvas = document.createElement('canvas');
    canvas.width = player.videoWidth;
    canvas.height = player.videoHeight;
    canvas.getContext('2d')?.drawImage(player, 0, 0);
    const blob = await toBlob(canvas, 'image/jpeg', 0.92);
    this.answer(new File([blob], 'camera.jpg', { type: 'image/jpeg' }));
  }

  #toggleRecording(): void {
    if (this.#recorder !== undefined) {
      this.#recorder.stop();
      return;
    }
    if (this.#stream === undefined) return;
    const type = ['video/mp4', 'video/webm'].find((one) => MediaRecorder.isTypeSupported(one)) ?? '';
    const recorder = new MediaRecorder(this.#stream, type === '' ? {} : { mimeType: type });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearInterval(this.#timer);
      const plain = recorder.mimeType.split(';')[0] || 'video/webm';
      const name = plain === 'video/mp4' ? 'camera.mp4' : 'camera.webm';
      if (!this.#closed) this.answer(new File(parts, name, { type: plain }));
    };
    recorder.start(1000);
    this.#recorder = recorder;
    this.seconds = 0;
    this.#timer = setInterval(() => {
      this.seconds = (this.seconds ?? 0) + 1;
      if (this.seconds >= this.longest && recorder.state === 'recording') recorder.stop();
    }, 1000);
  }
}
