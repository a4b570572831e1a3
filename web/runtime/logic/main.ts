/**
 * Entry of the logic worker (docs: protocol/boot.ts). Captures what the runtime needs of the worker and starts it.
 */
import './prelude';
import { captureWorker } from './boot/host';
import { captureScripts } from './boot/scripts';
import { install, startRuntime } from './boot/start';
import { bootAppWorker } from './worker/child';
import { appWorkerBoot } from './worker/protocol';

const first = (event: Event) => {
  const { data, ports } = event as MessageEvent;
  const port = ports[0];
  const { k } = (data ?? {}) as { k?: unknown };
  if ((k !== 'mezze.boot' && k !== appWorkerBoot) || port === undefined) return;
  removeEventListener('message', first);
  const scripts = captureScripts();
  if (k === appWorkerBoot) {
    // The port leads to the app that made the worker: its script comes beside it, from the runtime.
    const code = (data as { scripts: Blob }).scripts;
    scripts.admit(code);
    bootAppWorker(port, install, captureWorker(scripts), code);
  } else {
    scripts.admitFrom(port);
    startRuntime(port, captureWorker(scripts));
  }
};
addEventListener('message', first);
