/** The port between the shell and one page frame (each page frame has its own). */
import type { AppConfig, WindowConfig } from './config';

export type ShellToFrame =
  | {
      k: 'attach';
      pageId: number;
      path: string;
      /** Style sheets in cascade order; `url()` in them is resolved by the frame through `resolve`. */
      styles: { file: string; text: string }[];
      window: WindowConfig;
      componentStyle: AppConfig['componentStyle'];
      theme: 'light' | 'dark';
      locale: string;
      /** Room the shell keeps at the bottom (home indicator), CSS pixels. */
      safeAreaBottom: number;
    } // with the page port transferred
  | { k: 'styles'; styles: { file: string; text: string }[] }
  | { k: 'visibility'; visible: boolean }
  | { k: 'theme'; theme: 'light' | 'dark' }
  | { k: 'window'; window: WindowConfig }
  | { k: 'resolved'; id: number; blob: Blob }
  | { k: 'resolved'; id: number; url: string }
  | { k: 'resolved'; id: number; error: string };

export type FrameToShell =
  | { k: 'booted' }
  /** The page drew something: milliseconds since `attach`. */
  | { k: 'painted'; pageId: number; after: number }
  /** A trusted user gesture on a node; `token` is 32 hex digits, used once. */
  | { k: 'gesture'; token: string; node: number; type: string; openType?: string }
  /**
   * Asks for a resource: a file of the package, a temporary file, or a remote URL of a declared origin. The kind
   * `data` is for the runtime's own: `mezze:regions` is answered with a Blob of `@vant/area-data`'s `areaList` as JSON.
   */
  | { k: 'resolve'; id: number; src: string; kind: 'image' | 'media' | 'font' | 'style' | 'data' }
  /** The stream broke a limit or a rule; the shell stops the app. */
  | { k: 'violation'; rule: string; detail: string }
  | { k: 'console'; level: 'warn' | 'error'; text: string }
  | { k: 'scrolledToTop' };
