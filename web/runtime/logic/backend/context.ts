/** glass-easel's view of one page: a composed backend that records into the page's operation stream. */
import type { composedBackend } from 'glass-easel';
import type { WindowMetrics } from '../../protocol/bridge-port';
import type { PageLink } from '../bridge/page-link';
import type { BackendElement } from './element';
import type { OperationStream } from './stream';

/** `BackendMode.Composed`; glass-easel exports the number as a const enum only. */
const composedMode = 2;

export class PageBackend implements composedBackend.Context {
  readonly mode = composedMode as composedBackend.Context['mode'];
  window: WindowMetrics;
  private rootTaken = false;

  constructor(
    readonly stream: OperationStream,
    readonly link: PageLink,
    window: WindowMetrics,
    private readonly theme: () => string,
  ) {
    this.window = window;
  }

  destroy(): void {
    this.link.close();
  }

  getWindowWidth(): number {
    return this.window.windowWidth;
  }

  getWindowHeight(): number {
    return this.window.windowHeight;
  }

  getDevicePixelRatio(): number {
    return this.window.pixelRatio;
  }

  getTheme(): string {
    return this.theme();
  }

  // Style sheets go from the shell to the page frame; logic never sees them.
  registerStyleSheetContent(): void {}
  appendStyleSheetPath(): number {
    return 0;
  }
  disableStyleSheet(): void {}

  render(callback: (error: Error | null) => void): void {
    this.link.whenDrawn(this.stream.pending, () => callback(null));
  }

  getRootNode(): BackendElement {
    return this.stream.root;
  }

  /** The first element of a page is the page component's host: it is the root, which the view has already. */
  createElement(_logicalName: string, stylingName: string): BackendElement {
    if (!this.rootTaken) {
      this.rootTaken = true;
      return this.stream.root;
    }
    return this.stream.createElement(stylingName);
  }

  createTextNode(content: string): BackendElement {
    return this.stream.createText(content);
  }

  createFragment(): BackendElement {
    return this.stream.createFragment();
  }

  // Events come over the page port and are dispatched by events/dispatch.ts.
  onEvent(): void {}
}
