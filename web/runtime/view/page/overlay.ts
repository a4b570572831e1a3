/** The place over the page where sheets of built-ins (pickers) stand; one at a time. */
import { part } from '../../components/component';

export class Overlay {
  #close: (() => void) | null = null;

  /** Shows a sheet at the bottom; `cancelled` is called when it is closed from outside. Gives what closes it. */
  show(content: HTMLElement, cancelled: () => void): () => void {
    this.#close?.();
    const before = document.activeElement;
    const layer = part('mz-overlay', document.body);
    const mask = part('mz-overlay-mask', layer);
    const sheet = part('mz-sheet', layer);
    sheet.setAttribute('role', 'dialog');
    sheet.setAttribute('aria-modal', 'true');
    sheet.tabIndex = -1;
    sheet.appendChild(content);
    let open = true;
    const close = () => {
      if (!open) return;
      open = false;
      this.#close = null;
      layer.classList.remove('mz-open');
      setTimeout(() => layer.remove(), 260);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
    const cancel = () => {
      if (!open) return;
      close();
      cancelled();
    };
    ignoreStrayClicks(layer);
    mask.addEventListener('click', cancel);
    layer.addEventListener('touchmove', (event) => event.target === mask && event.preventDefault(), { passive: false });
    layer.addEventListener('keydown', (event) => event.key === 'Escape' && cancel());
    this.#close = cancel;
    void layer.offsetHeight;
    layer.classList.add('mz-open');
    sheet.focus({ preventScroll: true });
    return close;
  }
}

/**
 * The touch that opened a layer is followed by a click at the same place, which now hits the layer. Clicks count only
 * once a pointer went down in it; those of a keyboard have no pointer.
 */
export function ignoreStrayClicks(layer: HTMLElement): void {
  let pressed = false;
  layer.addEventListener(
    'pointerdown',
    () => {
      pressed = true;
    },
    { capture: true },
  );
  layer.addEventListener(
    'click',
    (event) => {
      if (!pressed && event.detail !== 0) event.stopPropagation();
    },
    { capture: true },
  );
}
