/** Ports for tests: what is posted is cloned and kept, what arrives is handed in by the test. */
import type { Port } from '../bridge/page-link';

export class FakePort<Out extends { k: string }> implements Port {
  onmessage: ((event: MessageEvent) => void) | null = null;
  readonly posted: Out[] = [];
  closed = false;
  /** Called with each message as it is posted. */
  onPost: (message: Out) => void = () => {};

  postMessage(message: unknown): void {
    const copy = structuredClone(message) as Out;
    this.posted.push(copy);
    this.onPost(copy);
  }

  close(): void {
    this.closed = true;
  }

  deliver(data: unknown, ports: readonly Port[] = []): void {
    this.onmessage?.({ data, ports } as unknown as MessageEvent);
  }

  of<K extends Out['k']>(kind: K): Extract<Out, { k: K }>[] {
    return this.posted.filter((message): message is Extract<Out, { k: K }> => message.k === kind);
  }
}
