/**
 * What a component may ask the shell for beyond resources: full screen, the camera, where the device is
 * (`host` in protocol/frame-port.ts lists it). Answers come by number, events by the node that asked.
 */
import type { FrameToShell, ShellToFrame } from '../protocol';
import type { ViewNode } from './node';

export class HostRefused extends Error {
  constructor(
    reason: string,
    readonly code: number | undefined,
  ) {
    super(reason);
    this.name = 'HostRefused';
  }
}

type Listener = (name: string, detail: unknown) => void;

export class HostServices {
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(reason: HostRefused): void }>();
  readonly #listeners = new Map<number, Listener>();
  #nextId = 1;

  constructor(private readonly send: (message: FrameToShell) => void) {}

  /** Rejects with a `HostRefused`. */
  ask(node: ViewNode, op: string, args: Record<string, unknown> = {}): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send({ k: 'host', id, node: node.id, op, args });
    });
  }

  /** Gives a function that ends the listening. */
  listen(node: ViewNode, listener: Listener): () => void {
    this.#listeners.set(node.id, listener);
    return () => {
      if (this.#listeners.get(node.id) === listener) this.#listeners.delete(node.id);
    };
  }

  answered(message: Extract<ShellToFrame, { k: 'hosted' }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new HostRefused(String(message.error), message.code));
    else waiting?.resolve(message.value);
  }

  told(message: Extract<ShellToFrame, { k: 'host.event' }>): void {
    const listener = this.#listeners.get(message.node);
    if (listener !== undefined) listener(message.name, message.detail);
    // A picture that nobody takes any more would hold its memory until it is collected.
    else if (message.detail instanceof ImageBitmap) message.detail.close();
  }
}
