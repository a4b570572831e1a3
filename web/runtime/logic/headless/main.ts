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
import { decode, encode, encodeOperations, type Revive } from './messages';
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
  const revive: Revive = {
    $bytes: (text) => encodeText(String(text)).buffer,
    $canvas: (size) => host.canvas?.makeCanvas(...sizeOf(size)),
    $bitmap: (size) => {
      const [width, height] = sizeOf(size);
      return { width, height, close: () => {} };
    },
  };
  startRuntime(open(0), host);
  return {
    receive(number, text, opened) {
      const data = decode(text, revive) as Record<string, unknown>;
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

function sizeOf(size: unknown): [width: number, height: number] {
  const [width, height] = Array.isArray(size) ? size : [];
  return [Number(width) || 0, Number(height) || 0];
}
