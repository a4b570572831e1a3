/**
 * Which component of an app has the whole window. The browser's full screen is the shell's root's, so that the capsule
 * stays above whatever an app shows; where the browser refuses it, filling the window has to do.
 */
import { Observable } from '../observable';
import { fail } from './failure';
import type { Page } from './page';

interface Holder {
  page: Page;
  node: number;
  /** The component is told that it is over. */
  left: () => void;
}

export class FullScreen extends Observable {
  #holder: Holder | undefined;

  get page(): Page | undefined {
    return this.#holder?.page;
  }

  async enter(holder: Holder): Promise<void> {
    if (this.#holder !== undefined) fail('something else is in full screen');
    this.#holder = holder;
    this.changed();
    document.addEventListener('fullscreenchange', this.#browserChanged);
    // Refused without a touch of the user's, and unknown on some phones.
    await document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => undefined);
  }

  exit(page: Page, node: number): void {
    if (this.#holder?.page === page && this.#holder.node === node) this.#end();
  }

  /** System back, a page that closes, an app that goes: false where nothing was in full screen. */
  leave(): boolean {
    const holder = this.#holder;
    if (holder === undefined) return false;
    this.#end();
    holder.left();
    return true;
  }

  #end(): void {
    this.#holder = undefined;
    document.removeEventListener('fullscreenchange', this.#browserChanged);
    if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    this.changed();
  }

  readonly #browserChanged = () => {
    if (document.fullscreenElement === null) this.leave();
  };
}
