/** What a mini app is opened with, and what it asks through the shell. */
import type { LaunchOptions } from '../../../runtime/protocol';
import type { GateSurroundings } from '../permission/gate';
import type { LaunchTarget } from './launch-uri';
import type { PageAddress } from './page-url';

export interface MiniAppOptions {
  target: LaunchTarget;
  user: string;
  scene: number;
  takeOver: boolean;
  /** Called where the app asks to be left. */
  leave: () => void;
  /** Called where the app asks to run its newer release. */
  restart: () => void;
  /** Who opened the app, where another mini app did. */
  referrer?: LaunchOptions['referrerInfo'];
  /** Whether the user has the app among the favourites. */
  isFavourite: () => boolean;
  /** Opens another mini app, for this one; false where there is none with that id. */
  openOther: (target: LaunchTarget, referrer: LaunchOptions['referrerInfo']) => Promise<boolean>;
  /** Goes back to the mini app that opened this one. */
  returnToOpener: (extraData: unknown) => Promise<boolean>;
  share: (page: PageAddress, title: string) => Promise<void>;
  /** What decides over permissions beside the app and its user. */
  permission: GateSurroundings;
  /** Signs in again where that needs nobody; false where it does. */
  renewSession: () => Promise<boolean>;
}

export interface TrustedQuestion {
  title: string;
  content: string;
  confirm: string;
  /** Stands in place of the content and the buttons: a form of the shell's that answers by itself. */
  form?: HTMLElement;
  answer: (agreed: boolean) => void;
}
