/** Window and tab bar settings of a page: defaults, the page's own, and theme variables filled in. */
import type { AppConfig, TabBarConfig, WindowConfig } from '../../../runtime/protocol';

export type ColourScheme = 'light' | 'dark';

/** An app that does not say that it knows dark mode is always light, as on the original host. */
export function schemeOf(config: AppConfig): ColourScheme {
  return config.darkMode && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function windowOf(config: AppConfig, path: string, scheme: ColourScheme): WindowConfig {
  return filled({ ...config.window, ...config.pages[path]?.window }, config, scheme);
}

export function tabBarOf(config: AppConfig, scheme: ColourScheme): TabBarConfig | undefined {
  if (config.tabBar === undefined) return undefined;
  const list = config.tabBar.list.map((item) => filled(item, config, scheme));
  return { ...filled(config.tabBar, config, scheme), list };
}

function filled<T extends object>(settings: T, config: AppConfig, scheme: ColourScheme): T {
  const variables = config.themes[scheme];
  const entries = Object.entries(settings).map(([name, value]) => {
    if (typeof value !== 'string' || !value.startsWith('@')) return [name, value];
    return [name, variables[value.slice(1)]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as T;
}

const hexadecimal = /^#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const named = /^(?:black|white|transparent|red|green|blue|gray|grey|yellow|orange|pink|purple|brown)$/i;

/** A colour that may be written into a style of the shell, or undefined. */
export function safeColour(colour: unknown): string | undefined {
  return typeof colour === 'string' && (hexadecimal.test(colour) || named.test(colour)) ? colour : undefined;
}
