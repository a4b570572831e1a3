/**
 * The common form: what every dialect is compiled to, as the runtime reads it from `config/app.json`
 * in a package. Written by `mezze-compiler`; read by the shell, the logic runtime and the headless host.
 * Paths never start with a slash and carry no extension unless they name a file.
 */

/** API namespace handed to the app's modules: `wx`, `my`, `tt`, `swan`, `qq`, `ks` or `mezze`. */
export type Namespace = 'wx' | 'my' | 'tt' | 'swan' | 'qq' | 'ks' | 'mezze';

export interface AppConfig {
  format: 1;
  appId: string;
  version: string;
  namespace: Namespace;
  /** Page opened when a launch names none; always a key of `pages`. */
  entryPage: string;
  /** Every page in declared order, subpackage pages included. */
  pages: Record<string, PageConfig>;
  /** Every custom component reachable from a page or from the global list. */
  components: Record<string, ComponentConfig>;
  /** Components every page and component may use: tag name to component path. */
  globalComponents: Record<string, string>;
  /** Window defaults for all pages, dialect names normalised to WeChat's. */
  window: WindowConfig;
  tabBar?: TabBarConfig;
  /** Code packages. The main package has the root `""` and is always first. */
  packages: CodePackage[];
  preloadRule: Record<string, { packages: string[]; network: 'all' | 'wifi' }>;
  networkTimeout: { request: number; connectSocket: number; uploadFile: number; downloadFile: number };
  /** Scope to the maker's reason, from `permission.scope.*.desc`. */
  permission: Record<string, { desc: string }>;
  requiredPrivateInfos: string[];
  requiredBackgroundModes: string[];
  /** Theme variables (`@name` in window, page and tab bar settings) for each colour scheme. */
  themes: { light: Record<string, string>; dark: Record<string, string> };
  darkMode: boolean;
  /** `v2` selects the newer look of the built-in components. */
  componentStyle: 'v1' | 'v2';
  /** Names of `data-` attributes that style sheets select by: pages show these, and only these, as attributes. */
  styledData?: string[];
  /** Contents of `ext.json`'s `ext` member, for `getExtConfigSync`. */
  ext: Record<string, unknown>;
  /** Declared origins by use, for example `https://api.example.org`. `["*"]` only in development. */
  origins: Record<'request' | 'upload' | 'download' | 'socket' | 'media' | 'webview', string[]>;
  /** Plugins that are built into the package, by the name that the app gives them. */
  plugins?: Record<string, PluginConfig>;
}

/** A plugin: a code space of its own, with its own root, inside the main package. */
export interface PluginConfig {
  /** Folder that the plugin's paths start from. */
  root: string;
  /** App id of its maker. */
  provider: string;
  /** Module that `requirePlugin` gives, without extension. */
  main?: string;
  /** Public name to page path. */
  pages: Record<string, string>;
  /** Public name to component path. */
  components: Record<string, string>;
  /** Module of the app that `requireMiniProgram` gives the plugin. */
  export?: string;
  /** What the plugin's own code may reach, where it says so. */
  origins?: AppConfig['origins'];
}

/** Settings a page or the app may give its window; absent members fall back to `AppConfig.window`. */
export interface WindowConfig {
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: 'white' | 'black' | string;
  navigationStyle?: 'default' | 'custom';
  backgroundColor?: string;
  backgroundColorTop?: string;
  backgroundColorBottom?: string;
  backgroundTextStyle?: 'dark' | 'light' | string;
  enablePullDownRefresh?: boolean;
  onReachBottomDistance?: number;
  pageOrientation?: 'portrait' | 'landscape' | 'auto';
  disableScroll?: boolean;
  homeButton?: boolean;
  initialRenderingCache?: string;
  restartStrategy?: string;
}

export interface PageConfig extends ComponentConfig {
  window: WindowConfig;
  /** The engine that the page is made for; absent means `webview`. */
  renderer?: 'webview' | 'skyline';
  /** Of Skyline pages: boxes are blocks, as on the web, and not columns of a flex box. */
  defaultDisplayBlock?: boolean;
  /** Of Skyline pages: a width is that of the content, as on the web, and not that of the border. */
  defaultContentBox?: boolean;
  /**
   * Style sheet files of the package (`style/….css`) in cascade order: app, then the dependencies of the
   * page depth first, then its own. The shell hands them to the page frame in this order.
   */
  styles: string[];
}

export interface ComponentConfig {
  /** Root of the code package that holds it; `""` is the main package. */
  package: string;
  /** Tag to component path, global components not included. */
  usingComponents: Record<string, string>;
  /** Generic slot name to default component path, or null where there is none. */
  componentGenerics: Record<string, string | null>;
  componentPlaceholder: Record<string, string>;
  /** True for a component's JSON (`"component": true`), false for a page. */
  component: boolean;
  styleIsolation?: 'isolated' | 'apply-shared' | 'shared' | 'page-isolated' | 'page-apply-shared' | 'page-shared';
  addGlobalClass?: boolean;
  virtualHost?: boolean;
  pureDataPattern?: string;
  /** Class prefix its compiled style sheet uses (`prefix--class`); null where its style is not scoped. */
  styleScope: string | null;
  /** Class that its style sheet uses for `:host`; logic adds it to the component's host element. */
  hostClass?: string;
  /** True where the package has `script/PATH.js`; a template-only component has none. */
  hasScript: boolean;
  hasTemplate: boolean;
}

export interface TabBarConfig {
  color: string;
  selectedColor: string;
  backgroundColor: string;
  borderStyle: 'black' | 'white' | string;
  position: 'bottom' | 'top';
  custom: boolean;
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[];
}

export interface CodePackage {
  root: string;
  name: string;
  independent: boolean;
  pages: string[];
  /**
   * Script files in load order with their line counts. The shell joins them (each ends with a newline) into
   * one Blob, so that a position in it is mapped back to a module by adding up lines.
   */
  scripts: { file: string; module: string; lines: number }[];
  /** Template files, joined and loaded after the scripts' Blob in the same way. */
  templates: { file: string; lines: number }[];
}
