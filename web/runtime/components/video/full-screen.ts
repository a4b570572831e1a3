/**
 * Full screen of one component. A page frame never gets the browser's full screen: the shell's root does, the page
 * fills the window, and the component's layer is laid over the page, turned where its picture is wide and the window
 * is not.
 */
import type { HostServices } from '../../view/host-services';
import type { ViewNode } from '../../view/node';

export interface FullScreenParts {
  node: ViewNode;
  layer: HTMLElement;
  services: HostServices;
  changed(on: boolean, turned: number): void;
}

const covering = 'mz-fullscreen';

export class FullScreen {
  /** Degrees that the layer is turned by: 0, 90 or -90. */
  turned = 0;
  #on = false;
  #wanted: number | undefined;
  #stopListening: (() => void) | undefined;

  constructor(private readonly parts: FullScreenParts) {}

  get on(): boolean {
    return this.#on;
  }

  /** `direction` is 0, 90 or -90 as the app wants it; undefined lets the picture's shape decide. */
  async enter(direction: number | undefined, wide: boolean): Promise<void> {
    if (this.#on) return;
    const { node, services } = this.parts;
    this.#on = true;
    this.#wanted = direction ?? (wide ? 90 : 0);
    this.#stopListening = services.listen(node, (name) => {
      if (name === 'fullscreen.left') this.#close();
    });
    try {
      await services.ask(node, 'fullscreen.enter', { wide: this.#wanted !== 0 });
    } catch (reason) {
      this.#forget();
      throw reason;
    }
    this.#cover(true);
  }

  async exit(): Promise<void> {
    if (!this.#on) return;
    const { node, services } = this.parts;
    this.#close();
    await services.ask(node, 'fullscreen.exit').catch(() => undefined);
  }

  /** The window has another shape: a turned layer in a wide window would be turned once too often. */
  arrange(): void {
    if (!this.#on) return;
    const { layer } = this.parts;
    const upright = innerHeight >= innerWidth;
    this.turned = upright ? (this.#wanted ?? 0) : 0;
    const turned = this.turned !== 0;
    // The shell's capsule stands where the corner of a turned picture is.
    layer.classList.toggle('mz-turned', turned);
    layer.classList.toggle('mz-turned-left', this.turned < 0);
    layer.style.width = turned ? '100vh' : '100vw';
    layer.style.height = turned ? '100vw' : '100vh';
    layer.style.transform = turned ? `translate(-50%, -50%) rotate(${this.turned}deg)` : 'translate(-50%, -50%)';
  }

  #cover(on: boolean): void {
    const { layer } = this.parts;
    layer.classList.toggle(covering, on);
    // The top layer, where no ancestor's transform or clipping reaches; elsewhere a high z-index has to do.
    if (typeof layer.showPopover === 'function') {
      if (on) {
        layer.setAttribute('popover', 'manual');
        if (layer.isConnected) layer.showPopover();
      } else layer.removeAttribute('popover');
    }
    if (on) this.arrange();
    else layer.style.cssText = '';
    if (!on) this.turned = 0;
    this.parts.changed(on, this.turned);
  }

  #close(): void {
    if (!this.#on) return;
    this.#forget();
    this.#cover(false);
  }

  #forget(): void {
    this.#on = false;
    this.#stopListening?.();
    this.#stopListening = undefined;
  }
}
