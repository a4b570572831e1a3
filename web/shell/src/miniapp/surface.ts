/** What a mini app needs of the window that shows it. The window element implements it. */
import type { Frame } from '../frames/frame';
import type { WindowSize } from './metrics';
import type { Opening } from './opening';
import type { Page } from './page';

export interface PageView {
  readonly frame: Frame;
  /** The page that the view shows, once it has one. */
  page: Page | undefined;
  /** Size of the area that the page's frame fills, CSS pixels. */
  remove(): void;
  /** Shows the view as the app's own transition has it; nothing shows it as it is. */
  setRouteStyle(style: Readonly<Record<string, string>>): void;
  /** Whether elements fly in the view's frame: then styles of the view leave the frame itself where it is. */
  setFlying(flying: boolean): void;
  /** Where the page's frame begins below the view's upper edge, CSS pixels. */
  frameTop(): number;
  /** Lays an element over the frame; it goes with the view. */
  cover(element: HTMLElement): void;
}

/** How long the page fades in or out while elements of it fly, milliseconds. */
export interface Fading {
  fade: number;
}

/** A number of milliseconds: the view stays for that long, while the app itself moves it. */
export type Motion = 'push' | 'none' | number | Fading | { opening: Opening };

export interface Surface {
  readonly logic: Frame;
  /** The app's name as the super app knows it. */
  readonly name: string;
  size(): WindowSize;
  /** Shows the app's settings or its data agreement in the trusted layer; resolves when the user leaves it. */
  openTrusted(place: 'settings' | 'privacy'): Promise<void>;
  /** A booted view that is in its place but not seen. */
  takeView(): PageView;
  /** Brings a view to the front; `below` goes out of sight. */
  present(view: PageView, below: PageView | undefined, motion: Motion): Promise<void>;
  /** Takes a view away from in front of `revealed` and destroys it. */
  dismiss(view: PageView, revealed: PageView | undefined, motion: Motion): Promise<void>;
}
