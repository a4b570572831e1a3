/**
 * Globals of WeChat's own runtime that are not documented, and widely read: `__wxConfig`, which apps and SDKs ask for the
 * edition that runs, the account and the pages, and `__wxRoute`, the page or component whose script is being run.
 */
import type { AppConfig, WindowConfig } from '../../protocol/config';
import type { StartMessage } from '../runtime';

/** Globals of the app's dialect beside the documented ones. */
export function hostConfig(start: StartMessage): Record<string, unknown> {
  return start.config.namespace === 'wx' ? { __wxConfig: wxConfig(start), __wxRoute: start.config.entryPage } : {};
}

/** Says whose script runs next, where the dialect has a name for it. */
export function tellRoute(path: string): void {
  if ('__wxRoute' in globalThis) Reflect.set(globalThis, '__wxRoute', path);
}

function wxConfig({ config, host, launch, development }: StartMessage): Record<string, unknown> {
  const { appId, envVersion } = host.account.miniProgram;
  return {
    accountInfo: { appId, nickname: appId, icon: '' },
    appLaunchInfo: { ...launch },
    appType: 0,
    debug: development,
    entryPagePath: `${config.entryPage}.html`,
    envVersion,
    ext: config.ext,
    global: { window: config.window },
    lang: host.device.language,
    networkTimeout: config.networkTimeout,
    page: windows(config),
    pages: Object.keys(config.pages),
    platform: host.device.platform,
    ...(config.tabBar === undefined ? {} : { tabBar: tabBar(config.tabBar) }),
  };
}

/** Pages go by the name of the document that WeChat draws them in. */
function windows(config: AppConfig): Record<string, { window: WindowConfig }> {
  return Object.fromEntries(
    Object.entries(config.pages).map(([path, page]) => [`${path}.html`, { window: page.window }]),
  );
}

function tabBar(bar: NonNullable<AppConfig['tabBar']>): unknown {
  return { ...bar, list: bar.list.map((tab) => ({ ...tab, pagePath: `${tab.pagePath}.html` })) };
}
