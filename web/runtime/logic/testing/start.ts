/** The `start` message for an app that runs in Chromium, less its scripts. */
import { type AppSource, TestApp } from './app';

export function startOf(source: AppSource): object {
  const app = new TestApp(source);
  const { entryPage } = app.config;
  const page = {
    pageId: 1,
    path: entryPage,
    query: {},
    openType: 'appLaunch',
    window: app.runtime.pages.current?.backend.window,
  };
  const account = { miniProgram: { appId: app.config.appId, envVersion: 'develop', version: '1.0.0' } };
  const host = { device: {}, window: {}, menuButton: {}, theme: 'light', account, network: {}, carried: [] };
  const launch = { path: entryPage, query: {}, scene: 1001, referrerInfo: {} };
  return { k: 'start', config: app.config, host, launch, storage: [], development: true, page };
}
