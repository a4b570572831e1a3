/** The port between the shell and an app's logic worker. The shell trusts nothing that comes over it. */
import type { AppConfig } from './config';
import type { FileChange, FilesAtStart } from './files';

/** Everything the synchronous APIs need, handed over before the first line of the app runs. */
export interface HostSnapshot {
  /** As `getSystemInfoSync`: brand, model, platform, system, language, version, SDKVersion, pixelRatio, … */
  device: Record<string, unknown>;
  window: WindowMetrics;
  /** Capsule rectangle in CSS pixels from the window's top left corner. */
  menuButton: { left: number; top: number; right: number; bottom: number; width: number; height: number };
  theme: 'light' | 'dark';
  account: { miniProgram: { appId: string; envVersion: 'develop' | 'trial' | 'release'; version: string } };
  network: { isConnected: boolean; networkType: string };
  /** Names of APIs that this host carries out, from the catalog. */
  carried: string[];
}

export interface WindowMetrics {
  screenWidth: number;
  screenHeight: number;
  windowWidth: number;
  windowHeight: number;
  screenTop: number;
  statusBarHeight: number;
  pixelRatio: number;
  safeArea: { left: number; top: number; right: number; bottom: number; width: number; height: number };
}

export interface LaunchOptions {
  path: string;
  query: Record<string, string>;
  scene: number;
  referrerInfo: { appId?: string; extraData?: unknown };
}

/** One value of `setStorage`; the text is `JSON.stringify` of the value, read by `FileReaderSync`. */
export interface StorageEntry {
  key: string;
  size: number;
  value: Blob;
}

/** First page of an app or a page opened later. `port` is its page port (see page-port.ts). */
export interface PageOpen {
  pageId: number;
  path: string;
  query: Record<string, string>;
  openType: 'appLaunch' | 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch' | 'navigateBack';
  window: WindowMetrics;
}

export type ShellToLogic =
  | {
      k: 'start';
      config: AppConfig;
      host: HostSnapshot;
      launch: LaunchOptions;
      storage: StorageEntry[];
      /** Absent on a host that keeps no files. */
      files?: FilesAtStart;
      /** Main package: scripts, then templates. */
      scripts: Blob;
      templates: Blob;
      /** The first page is in an independent subpackage: the main package is not there and may come later. */
      independent?: boolean;
      development: boolean;
      page: PageOpen;
    } // with the first page's port transferred
  | { k: 'package'; root: string; scripts: Blob; templates: Blob }
  | { k: 'page.open'; page: PageOpen } // with the page's port transferred
  | { k: 'page.show' | 'page.hide' | 'page.unload'; pageId: number }
  | { k: 'page.tabItemTap'; pageId: number; index: number; pagePath: string; text: string }
  | { k: 'page.metrics'; pageId: number; window: WindowMetrics }
  | { k: 'app.show'; options: LaunchOptions }
  | { k: 'app.hide' }
  | { k: 'result'; id: number; ok: true; value: Record<string, unknown> }
  | { k: 'result'; id: number; ok: false; errMsg: string; errno?: number; details?: Readonly<Record<string, unknown>> }
  /** Progress of a task or a subscribed event: `socket.message` of task 7, `theme.change`, `network.change`, … */
  | { k: 'event'; name: string; task?: number; detail: unknown };

export type LogicToShell =
  | { k: 'booted' }
  /** `App` ran and the first page's first batch was posted. */
  | { k: 'ready' }
  | { k: 'call'; id: number; api: string; args: Record<string, unknown>; pageId: number; gesture?: string }
  /** A message to a running task (`socket.send`, `request.abort`). */
  | { k: 'task'; task: number; method: string; args: Record<string, unknown> }
  /** A change of the storage overlay, in order; the shell writes it behind. */
  | { k: 'storage'; op: 'set'; key: string; value: string }
  | { k: 'storage'; op: 'remove'; key: string }
  | { k: 'storage'; op: 'clear' }
  /** A change of the app's files, in order; posted before any call that may name the file. */
  | FileChange
  | { k: 'page.ready'; pageId: number; path: string }
  | { k: 'page.failed'; pageId: number; path: string; message: string }
  | { k: 'console'; level: 'debug' | 'log' | 'info' | 'warn' | 'error'; text: string; position?: SourcePosition }
  | { k: 'error'; message: string; stack: string; position?: SourcePosition };

/** A position in a package's file, lines and columns from 1. */
export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}
