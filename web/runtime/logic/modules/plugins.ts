/**
 * Plugins: each a code space of its own inside the package. Its modules see their own globals, paths that begin with a
 * slash mean its own root, and what it shares with the app are its `main` and what the app exports to it.
 */
import type { AppConfig, PluginConfig } from '../../protocol/config';

export interface PluginHooks {
  config: AppConfig;
  /** The app's own globals. */
  scope: Readonly<Record<string, unknown>>;
  /** What a plugin's modules find as `wx`. */
  namespaceOf(plugin: PluginConfig): object;
  require(module: string): unknown;
}

export class Plugins {
  private readonly scopes = new Map<string, object>();
  private readonly all: readonly [string, PluginConfig][];

  constructor(private readonly hooks: PluginHooks) {
    this.all = Object.entries(hooks.config.plugins ?? {});
  }

  /** `requirePlugin(name)`. */
  require(name: unknown): unknown {
    const plugin = this.all.find(([known]) => known === name)?.[1];
    if (plugin === undefined) {
      throw new Error(`requirePlugin:fail plugin "${String(name)}" is not defined: it is not built into this package`);
    }
    return plugin.main === undefined ? {} : this.hooks.require(`${plugin.main}.js`);
  }

  /** The globals of a plugin's module; undefined for the app's own. */
  scopeOf(module: string): object | undefined {
    const found = this.all.find(([, { root }]) => module.startsWith(`${root}/`))?.[1];
    if (found === undefined) return undefined;
    const known = this.scopes.get(found.root);
    if (known !== undefined) return known;
    const own = {
      ...this.hooks.scope,
      [this.hooks.config.namespace]: this.hooks.namespaceOf(found),
      App: undefined,
      getApp: undefined,
      requirePlugin: (name: unknown) => this.require(name),
      requireMiniProgram: () => (found.export === undefined ? undefined : this.hooks.require(`${found.export}.js`)),
    };
    this.scopes.set(found.root, own);
    return own;
  }
}

/**
 * An address as the shell knows it: `plugin://NAME/PAGE` is the page's own path, and a leading slash in a plugin's page
 * means the plugin's root.
 */
export function pageUrl(config: AppConfig, url: string, from: string): string {
  const plugins = config.plugins ?? {};
  const named = /^plugin(?:-private)?:\/\/([^/]+)\/([^?]*)(.*)$/.exec(url);
  if (named !== null) {
    const [, name = '', page = '', query = ''] = named;
    const plugin = plugins[name] ?? Object.values(plugins).find(({ provider }) => provider === name);
    return plugin === undefined ? url : `/${plugin.pages[page] ?? `${plugin.root}/${page}`}${query}`;
  }
  const inside = Object.values(plugins).find(({ root }) => from.startsWith(`${root}/`));
  return inside !== undefined && url.startsWith('/') ? `/${inside.root}${url}` : url;
}
