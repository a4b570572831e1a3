/** What components and gestures may use of the page they are in. */
import type { WindowConfig } from '../protocol';
import type { EventSender } from './events/sender';
import type { TouchTracker } from './events/touches';
import type { NodeTable } from './node-table';
import type { Overlay } from './page/overlay';
import type { Resources } from './resources';

export interface ViewContext {
  readonly nodes: NodeTable;
  readonly events: EventSender;
  readonly resources: Resources;
  readonly touches: TouchTracker;
  readonly overlay: Overlay;
  readonly locale: string;
  readonly pagePath: string;
  window(): WindowConfig;
  warn(text: string): void;
}
