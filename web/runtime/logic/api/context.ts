/** What the API implementations share. */
import type { HostSnapshot } from '../../protocol/bridge-port';
import type { AppConfig, CodePackage } from '../../protocol/config';
import type { Application } from '../app/application';
import type { Pages } from '../app/pages';
import type { LogicHost } from '../boot/host';
import type { Bridge } from '../bridge/bridge';
import type { Canvases } from '../canvas/canvases';
import type { Gestures } from '../events/gesture';
import type { Marks } from '../support/marks';
import type { Reporter } from '../support/reporter';
import type { Worklets } from '../worklet/index';
import type { Routes } from '../worklet/routes';
import type { Files } from './files/manager';
import type { Fonts } from './fonts';
import type { Arguments, Settle } from './outcome';

export interface ApiContext {
  config: AppConfig;
  /** Kept up to date as the shell reports changes. */
  snapshot: HostSnapshot;
  bridge: Bridge;
  host: LogicHost;
  reporter: Reporter;
  application: Application;
  pages: Pages;
  marks: Marks;
  worklets: Worklets;
  routes: Routes;
  /** Scripts of the folder that a module is in, for a worker of the app's own. */
  scriptsBeside(module: string): { scripts: Blob; files: CodePackage['scripts'] } | undefined;
  gestures: Gestures;
  canvases: Canvases;
  files: Files;
  fonts: Fonts;
  /** Roots of plugins whose user signed in on a functional page. */
  pluginsSignedIn: Set<string>;
}

/** `more` are arguments behind the options; a few APIs take a component there. */
export type CallImplementation = (args: Arguments, settle: Settle, ...more: unknown[]) => void;
export type SyncImplementation = (...values: never[]) => unknown;

export interface EventImplementation {
  on(listener: (detail: unknown) => void): void;
  off(listener: ((detail: unknown) => void) | undefined): void;
}

/** A task gets its arguments as the app gave them and returns the task object. */
export type TaskImplementation = (args: Arguments, settle: Settle) => object;

export interface Implementations {
  calls: Record<string, CallImplementation>;
  syncs: Record<string, SyncImplementation>;
  events: Record<string, EventImplementation>;
  tasks: Record<string, TaskImplementation>;
  values: Record<string, unknown>;
}

/** The id of the page that a call belongs to: the one the user sees; 0 before there is one. */
export function callingPage(context: ApiContext): number {
  return context.pages.current?.id ?? 0;
}
