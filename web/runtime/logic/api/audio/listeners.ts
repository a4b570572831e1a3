/** Listeners of an object's own events: `onX`, `offX`. */
import type { Reporter } from '../../support/reporter';

export type Listener = (detail?: unknown) => void;

export class Listeners {
  readonly #byEvent = new Map<string, Set<Listener>>();

  constructor(
    private readonly reporter: Pick<Reporter, 'guard'>,
    private readonly name: string,
  ) {}

  on(event: string, listener: unknown): void {
    if (typeof listener !== 'function') return;
    const known = this.#byEvent.get(event) ?? new Set();
    known.add(listener as Listener);
    this.#byEvent.set(event, known);
  }

  /** One listener, or all of the event. */
  off(event: string, listener: unknown): void {
    if (typeof listener === 'function') this.#byEvent.get(event)?.delete(listener as Listener);
    else this.#byEvent.delete(event);
  }

  /** Objects of older APIs keep only the listener that came last. */
  only(event: string, listener: unknown): void {
    this.#byEvent.delete(event);
    this.on(event, listener);
  }

  tell(event: string, detail?: unknown): void {
    for (const listener of [...(this.#byEvent.get(event) ?? [])]) {
      this.reporter.guard(`${this.name}.${event}`, () => (detail === undefined ? listener() : listener(detail)));
    }
  }
}
