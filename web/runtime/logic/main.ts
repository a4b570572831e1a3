/**
 * Entry of the logic worker (docs: protocol/boot.ts). Captures what the runtime needs of the worker and starts it.
 */
import './prelude';
import { captureWorker } from './boot/host';
import { startRuntime } from './boot/start';

const first = (event: Event) => {
  const { data, ports } = event as MessageEvent;
  const port = ports[0];
  if ((data as { k?: unknown } | null)?.k !== 'mezze.boot' || port === undefined) return;
  removeEventListener('message', first);
  startRuntime(port, captureWorker());
};
addEventListener('message', first);
