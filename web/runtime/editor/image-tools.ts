/** What appears around a picture in an editor that was tapped: its size, a corner to drag, and what to do with it. */
import type Quill from 'quill/core';

export interface Tools {
  size: boolean;
  toolbar: boolean;
  resize: boolean;
}

const smallest = 24;

export class ImageTools {
  #tools: Tools = { size: false, toolbar: false, resize: false };
  #frame: HTMLElement | null = null;
  #picture: HTMLImageElement | null = null;

  constructor(
    private readonly quill: Quill,
    private readonly host: HTMLElement,
  ) {
    host.style.position = 'relative';
    quill.root.addEventListener('click', (event) => {
      if (event.target instanceof HTMLImageElement && quill.isEnabled()) this.#show(event.target);
      else this.#hide();
    });
    quill.on('text-change', () => this.#place());
    quill.root.addEventListener('blur', () => this.#hide());
  }

  set(tools: Tools): void {
    this.#tools = tools;
    this.#hide();
  }

  #show(picture: HTMLImageElement): void {
    this.#hide();
    const { size, toolbar, resize } = this.#tools;
    if (!size && !toolbar && !resize) return;
    this.#picture = picture;
    const frame = element('mz-image-tools', this.host);
    this.#frame = frame;
    if (size) element('mz-image-size', frame);
    if (toolbar) this.#addToolbar(element('mz-image-toolbar', frame));
    if (resize) this.#addCorner(element('mz-image-corner', frame));
    this.#place();
  }

  #hide(): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#picture = null;
  }

  #place(): void {
    const { host } = this;
    const [frame, picture] = [this.#frame, this.#picture];
    if (frame === null || picture === null) return;
    if (!picture.isConnected) {
      this.#hide();
      return;
    }
    const at = picture.getBoundingClientRect();
    const origin = host.getBoundingClientRect();
    Object.assign(frame.style, {
      left: `${at.left - origin.left}px`,
      top: `${at.top - origin.top}px`,
      width: `${at.width}px`,
      height: `${at.height}px`,
    });
    const label = frame.querySelector('.mz-image-size');
    if (label !== null) label.textContent = `${Math.round(at.width)} × ${Math.round(at.height)}`;
  }

  #addToolbar(bar: HTMLElement): void {
    const action = (sign: string, name: string, run: (index: number) => void) => {
      const button = element('mz-image-action', bar, 'button');
      button.textContent = sign;
      button.setAttribute('aria-label', name);
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', (event) => {
        event.stopPropagation();
        const index = this.#index();
        if (index !== null) run(index);
        this.#place();
      });
    };
    for (const [sign, align] of [
      ['⇤', 'left'],
      ['↔', 'center'],
      ['⇥', 'right'],
    ] as const) {
      action(sign, align, (index) =>
        this.quill.formatLine(index, 1, 'align', align === 'left' ? false : align, 'user'),
      );
    }
    action('×', 'delete', (index) => this.quill.deleteText(index, 1, 'user'));
  }

  #addCorner(corner: HTMLElement): void {
    corner.addEventListener('pointerdown', (event) => {
      const picture = this.#picture;
      if (picture === null) return;
      event.preventDefault();
      event.stopPropagation();
      const from = event.clientX;
      const before = picture.getBoundingClientRect();
      corner.setPointerCapture(event.pointerId);
      const move = (moved: PointerEvent) => {
        const width = Math.max(smallest, Math.min(this.host.clientWidth, before.width + moved.clientX - from));
        picture.setAttribute('width', String(Math.round(width)));
        picture.removeAttribute('height');
        this.#place();
      };
      const end = () => {
        corner.removeEventListener('pointermove', move);
        const index = this.#index();
        // Told as a change of the user's, which can be undone.
        if (index !== null) this.quill.formatText(index, 1, 'width', picture.getAttribute('width') ?? false, 'user');
      };
      corner.addEventListener('pointermove', move);
      corner.addEventListener('pointerup', end, { once: true });
      corner.addEventListener('pointercancel', end, { once: true });
    });
  }

  #index(): number | null {
    const blot = this.#picture === null ? null : this.quill.scroll.find(this.#picture);
    return blot === null ? null : this.quill.getIndex(blot);
  }
}

function element(className: string, parent: HTMLElement, tag = 'div'): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  parent.append(made);
  return made;
}
