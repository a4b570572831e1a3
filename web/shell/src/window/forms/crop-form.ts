/** Cuts a part out of a picture and turns it, by touch, mouse or keyboard. */
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { TrustedForm } from '../../apis/ask-form';
import { redraw, toBlob, withPicture } from '../../apis/media/picture';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { type Area, fullArea, moved, ratioOf, resized } from './crop-area';
import { formStyle } from './style';

const step = 0.02;

@customElement('mezze-crop-form')
export class CropForm extends TrustedForm<Blob> {
  static override styles = [
    controls,
    formStyle,
    css`
      .board {
        position: relative;
        display: flex;
        justify-content: center;
        margin-top: 12px;
        overflow: hidden;
        border-radius: var(--corner-card);
        background: #000;
        touch-action: none;
      }
      .fit {
        position: relative;
        line-height: 0;
      }
      img {
        max-width: 100%;
        max-height: 48vh;
        user-select: none;
        -webkit-user-drag: none;
      }
      .area {
        position: absolute;
        border: 1px solid #fff;
        box-shadow: 0 0 0 9999px rgb(0 0 0 / 0.55);
        cursor: move;
      }
      .area:focus-visible {
        outline: 2px solid #fff;
      }
      .corner {
        position: absolute;
        right: -22px;
        bottom: -22px;
        width: 44px;
        height: 44px;
        cursor: nwse-resize;
      }
      .corner::after {
        content: '';
        position: absolute;
        left: 4px;
        top: 4px;
        width: 18px;
        height: 18px;
        border: solid #fff;
        border-width: 0 3px 3px 0;
      }
    `,
  ];

  @property({ attribute: false }) picture: Blob | undefined;
  /** `1:1` and the like; free where it is undefined. */
  @property({ attribute: false }) scale: string | undefined;
  @state() private area: Area = fullArea(1, undefined);
  @state() private url = '';
  #shape = 1;
  #drag: { x: number; y: number; area: Area; corner: boolean } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.url);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('picture') || this.picture === undefined) return;
    URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(this.picture);
  }

  protected override render(): TemplateResult {
    const percent = (part: number) => `${part * 100}%`;
    const { x, y, width, height } = this.area;
    const place = { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
    return html`
      <div class="board" @pointermove=${this.#move} @pointerup=${this.#drop} @pointercancel=${this.#drop}>
        <div class="fit">
          <img src=${this.url} alt="" draggable="false" @load=${this.#loaded} />
          <div
            class="area"
            tabindex="0"
            role="group"
            aria-label=${text('crop.area')}
            style=${styleMap(place)}
            @pointerdown=${(event: PointerEvent) => this.#take(event, false)}
            @keydown=${this.#key}
          >
            <div class="corner" @pointerdown=${(event: PointerEvent) => this.#take(event, true)}></div>
          </div>
        </div>
      </div>
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        <button class="secondary" @click=${() => void this.#turn()}>${text('crop.turn')}</button>
        <button class="primary" @click=${this.guarded(() => void this.#finish())}>${text('crop.done')}</button>
      </div>
    `;
  }

  #loaded = (event: Event) => {
    const { naturalWidth, naturalHeight } = event.target as HTMLImageElement;
    this.#shape = naturalWidth / Math.max(1, naturalHeight);
    this.area = fullArea(this.#shape, ratioOf(this.scale));
  };

  #take(event: PointerEvent, corner: boolean): void {
    event.stopPropagation();
    const board = this.renderRoot.querySelector('.board');
    board?.setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, y: event.clientY, area: this.area, corner };
  }

  #move = (event: PointerEvent) => {
    const drag = this.#drag;
    const fit = this.renderRoot.querySelector('.fit')?.getBoundingClientRect();
    if (drag === undefined || fit === undefined) return;
    const x = (event.clientX - drag.x) / fit.width;
    const y = (event.clientY - drag.y) / fit.height;
    this.area = drag.corner ? resized(drag.area, x, y, this.#shape, ratioOf(this.scale)) : moved(drag.area, x, y);
  };

  #drop = () => {
    this.#drag = undefined;
  };

  #key = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const by = steps[event.key];
    const size = event.key === '+' || event.key === '=' ? step : event.key === '-' ? -step : 0;
    if (by === undefined && size === 0) return;
    event.preventDefault();
    this.area =
      by === undefined ? resized(this.area, size, size, this.#shape, ratioOf(this.scale)) : moved(this.area, ...by);
  };

  /** A quarter to the right. */
  async #turn(): Promise<void> {
    if (this.picture === undefined) return;
    this.picture = await withPicture(this.picture, (picture) => {
      const canvas = document.createElement('canvas');
      canvas.width = picture.naturalHeight;
      canvas.height = picture.naturalWidth;
      const context = canvas.getContext('2d');
      context?.translate(canvas.width, 0);
      context?.rotate(Math.PI / 2);
      context?.drawImage(picture, 0, 0);
      return toBlob(canvas, 'image/png', 1);
    });
  }

  async #finish(): Promise<void> {
    const { picture, area } = this;
    if (picture === undefined) return;
    const type = picture.type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
    this.answer(
      await redraw(picture, ({ width, height }) => {
        const size = { width: area.width * width, height: area.height * height };
        return { area: { left: area.x * width, top: area.y * height, ...size }, ...size, type, quality: 0.92 };
      }),
    );
  }
}
