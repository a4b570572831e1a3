/** Tells a running mini app what becomes of the newer release that is fetched beside it. */
import type { Release } from '../package/release';
import { failureOf } from './failure-of';
import type { MiniApp } from './mini-app';

/** `started` settles once logic can hear events. */
export function followUpdate(app: MiniApp, release: Release, started: Promise<void>): void {
  const checked = release.check.then(async (hasUpdate) => {
    await started;
    if (hasUpdate !== undefined) app.bridge.event('update.check', { hasUpdate });
  });
  release.update.then(
    async (state) => {
      if (state === 'none') return;
      if (state === 'restart') {
        // It must not go on as it is: the next start updates before it opens.
        app.options.restart();
        return;
      }
      await checked;
      app.updateReady = state === 'ready';
      app.bridge.event(state === 'ready' ? 'update.ready' : 'update.failed', {});
      app.changed();
    },
    (problem: unknown) => app.stop(failureOf(problem)),
  );
}
