/**
 * Entry of the logic runtime in QuickJS: the same runtime as in the worker, between a host and a node tree in Rust
 * (crates/mezze-host). The bundle's one export is `boot`.
 */
import '../prelude';
import { startRuntime } from '../boot/start';
import type { Port } from '../bridge/page-link';
import { HeadlessBlob } from './blob';
import { meterData } from './data-meter';
import { prepareGlobals } from './globals';
import { headlessHost } from './host';
import { decode, encode, encodeOperations } from './messages';
import type { Native, Receiver } from './native';
import { encodeText } from './text';

class HeadlessPort implements Port {
  onmessage: ((event: MessageEvent) => void) | null = null;

  constructor(
    private readonly number: number,
    private readonly native: Native,
    private readonly forget: (port: number) => void,
  ) {}

  postMessage(message: unknown): void {
    const text = (message as { k?: unknown }).k === 'ops' ? encodeOperations(message) : encode(message);
    this.native.send(this.number, text);
  }

  close(): void {
    this.forget(this.number);
  }
}

export function boot(native: Native): Receiver {
  const ports = new Map<number, HeadlessPort>();
  const open = (number: number) => {
    const port = new HeadlessPort(number, native, (closed) => ports.delete(closed));
    ports.set(number, port);
    return port;
  };
  prepareGlobals(native);
  meterData(native);
  const host = headlessHost(native);
  startRuntime(open(0), host);
  return {
    receive(number, text, opened) {
      const data = decode(text, encodeText) as Record<string, unknown>;
      for (const name of ['scripts', 'templates']) {
        const file = data[name];
        if (typeof file === 'string') data[name] = new HeadlessBlob(file, native.size(file), undefined);
      }
      const given = opened === 0 ? [] : [open(opened)];
      ports.get(number)?.onmessage?.({ data, ports: given } as unknown as MessageEvent);
    },
    fire: (timer) => host.fire(timer),
    rejected: (reason) => host.rejected(reason),
  };
}
