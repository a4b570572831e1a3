/** What components and gestures may use of the page they are in. */
import type { WindowConfig } from '../protocol';
import type { EventSender } from './events/sender';
import type { TouchTracker } from './events/touches';
import type { HostServices } from './host-services';
import type { NodeTable } from './node-table';
import type { Keyboard } from './page/keyboard';
import type { Overlay } from './page/overlay';
import type { Resources } from './resources';

/** What a tag may change of the page as a whole. */
export interface PageControls {
  /** Style that is added to that of the page's root. */
  setExtraStyle(text: string): void;
  scrollTo(options: { scrollTop: number; duration: number }): Promise<void>;
}

export interface ViewContext {
  readonly nodes: NodeTable;
  readonly events: EventSender;
  readonly resources: Resources;
  readonly services: HostServices;
  readonly touches: TouchTracker;
  readonly overlay: Overlay;
  readonly keyboard: Keyboard;
  readonly locale: string;
  /** Room the shell keeps at the bottom, CSS pixels. */
  readonly safeAreaBottom: number;
  readonly pagePath: string;
  readonly page: PageControls;
  window(): WindowConfig;
  warn(text: string): void;
}
