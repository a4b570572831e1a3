/**
 * Entry of the logic worker (docs: protocol/boot.ts). Captures what the runtime needs of the worker and starts it.
 */
import './prelude';
import { captureWorker } from './boot/host';
import { install, startRuntime } from './boot/start';
import { bootAppWorker } from './worker/child';
import { appWorkerBoot } from './worker/protocol';

const first = (event: Event) => {
  const { data, ports } = event as MessageEvent;
  const port = ports[0];
  const { k } = (data ?? {}) as { k?: unknown };
  if ((k !== 'mezze.boot' && k !== appWorkerBoot) || port === undefined) return;
  removeEventListener('message', first);
  if (k === appWorkerBoot) bootAppWorker(port, install);
  else startRuntime(port, captureWorker());
};
addEventListener('message', first);
