/**
 * Types for mini apps in the WeChat dialect. An app says in its `tsconfig.json`:
 * `"types": ["PATH/TO/mezze/web/types"]`, or in a file `/// <reference path="PATH/TO/mezze/web/types/index.d.ts" />`.
 */
/// <reference path="./api.d.ts" />

declare namespace MiniApp {
  /** What every failure is; `errno` and `errCode` where the original has them. */
  interface Failure {
    errMsg: string;
    errno?: number;
    errCode?: number;
  }

  type Success<Result> = Result & { errMsg: string };

  interface Callbacks<Result> {
    success?: (result: Success<Result>) => void;
    fail?: (failure: Failure) => void;
    complete?: (end: Success<Result> | Failure) => void;
  }

  type AnyCallback = { success: any } | { fail: any } | { complete: any };

  /** Takes callbacks and gives nothing, or takes none and gives a promise. */
  type Call<Options, Result> = <Given extends Options & Callbacks<Result>>(
    ...given: {} extends Options ? [options?: Given, ...more: any[]] : [options: Given, ...more: any[]]
  ) => Given extends AnyCallback ? void : Promise<Success<Result>>;

  /** An event as handlers in templates get it. */
  interface Event<Detail = any> {
    type: string;
    timeStamp: number;
    target: { id: string; dataset: Record<string, any>; offsetLeft: number; offsetTop: number };
    currentTarget: { id: string; dataset: Record<string, any>; offsetLeft: number; offsetTop: number };
    mark?: Record<string, any>;
    detail: Detail;
    touches: { identifier: number; pageX: number; pageY: number; clientX: number; clientY: number }[];
    changedTouches: { identifier: number; pageX: number; pageY: number; clientX: number; clientY: number }[];
  }

  interface LaunchOptions {
    path: string;
    query: Record<string, string>;
    scene: number;
    shareTicket?: string;
    referrerInfo?: { appId: string; extraData?: Record<string, any> };
  }

  interface AppOptions {
    onLaunch?(options: LaunchOptions): void;
    onShow?(options: LaunchOptions): void;
    onHide?(): void;
    onError?(error: string): void;
    onPageNotFound?(page: { path: string; query: Record<string, string>; isEntryPage: boolean }): void;
    onUnhandledRejection?(event: { reason: any; promise: Promise<any> }): void;
    onThemeChange?(event: { theme: 'light' | 'dark' }): void;
  }

  /** What pages and components have in common. */
  interface Instance<Data> {
    readonly data: Data;
    readonly is: string;
    setData(data: Partial<Data> & Record<string, any>, callback?: () => void): void;
    createSelectorQuery(): SelectorQuery;
    createIntersectionObserver(options?: Record<string, any>): IntersectionObserver;
    selectComponent(selector: string): any;
    selectAllComponents(selector: string): any[];
    animate(selector: string, frames: Record<string, any>[], duration: number, callback?: () => void): void;
    getOpenerEventChannel(): EventChannel;
  }

  interface PageInstance<Data = any> extends Instance<Data> {
    readonly route: string;
    readonly options: Record<string, string>;
  }

  interface PageOptions<Data> {
    data?: Data;
    behaviors?: any[];
    options?: Record<string, any>;
    onLoad?(query: Record<string, string>): void | Promise<void>;
    onShow?(): void | Promise<void>;
    onReady?(): void | Promise<void>;
    onHide?(): void | Promise<void>;
    onUnload?(): void | Promise<void>;
    onPullDownRefresh?(): void | Promise<void>;
    onReachBottom?(): void | Promise<void>;
    onPageScroll?(event: { scrollTop: number }): void;
    onResize?(event: { size: { windowWidth: number; windowHeight: number } }): void;
    onTabItemTap?(item: { index: number; pagePath: string; text: string }): void;
    onShareAppMessage?(event: { from: 'button' | 'menu'; target?: any; webViewUrl?: string }): Record<string, any> | void;
  }

  interface ComponentInstance<Data = any> extends Instance<Data> {
    readonly id: string;
    readonly dataset: Record<string, any>;
    readonly properties: Record<string, any>;
    triggerEvent(name: string, detail?: any, options?: { bubbles?: boolean; composed?: boolean; capturePhase?: boolean }): void;
    getRelationNodes(path: string): any[];
  }

  interface ComponentOptions<Data, Methods> {
    properties?: Record<string, any>;
    data?: Data;
    methods?: Methods;
    behaviors?: any[];
    observers?: Record<string, (...values: any[]) => void>;
    relations?: Record<string, any>;
    externalClasses?: string[];
    options?: Record<string, any>;
    lifetimes?: Record<string, (...values: any[]) => void>;
    pageLifetimes?: Record<string, (...values: any[]) => void>;
    created?(): void;
    attached?(): void;
    ready?(): void;
    moved?(): void;
    detached?(): void;
  }
}

declare const wx: MiniApp.Api;
/** The same under our own name, whatever dialect the app is written in. */
declare const mezze: MiniApp.Api;

declare function App<Own extends Record<string, any>>(options: Own & MiniApp.AppOptions & ThisType<Own>): void;
declare function getApp<Own = any>(options?: { allowDefault?: boolean }): Own;
declare function getCurrentPages(): MiniApp.PageInstance[];
declare function Page<Data extends Record<string, any>, Own extends Record<string, any>>(
  options: { data?: Data } & Own & MiniApp.PageOptions<Data> & ThisType<Own & MiniApp.PageInstance<Data>>,
): void;
declare function Component<Data extends Record<string, any>, Methods extends Record<string, (...values: any[]) => any>>(
  options: MiniApp.ComponentOptions<Data, Methods> & ThisType<Methods & MiniApp.ComponentInstance<Data>>,
): string;
declare function Behavior(options: Record<string, any>): any;
declare function require(path: string): any;
declare const module: { exports: any };
declare let exports: any;

declare const console: Record<'debug' | 'log' | 'info' | 'warn' | 'error' | 'group' | 'groupEnd', (...values: any[]) => void>;
declare function setTimeout(callback: (...values: any[]) => void, delay?: number, ...values: any[]): number;
declare function clearTimeout(id: number): void;
declare function setInterval(callback: (...values: any[]) => void, delay?: number, ...values: any[]): number;
declare function clearInterval(id: number): void;
