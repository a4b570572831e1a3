/**
 * A browser's object on its way through code that an app could listen in on (promises, maps, arrays whose methods it
 * has replaced): only `open` gets it out again.
 */
export let open: <T>(held: Held<T>) => T;

export class Held<T> {
  static {
    open = (held) => held.#value;
    // The class itself is of no use to anyone who finds it.
    Object.defineProperty(Held.prototype, 'constructor', { value: Object });
  }

  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }
}

/** Hides what a page frame handed over (protocol/view-methods.ts: `canvas`, `picture`) before it goes further. */
export function holdHandedOver(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  const { canvas, bitmap } = answer as { canvas?: unknown; bitmap?: unknown };
  if (typeof canvas === 'object' && canvas !== null) return { ...answer, canvas: new Held(canvas) };
  if (typeof bitmap === 'object' && bitmap !== null) return { ...answer, bitmap: new Held(bitmap) };
  return answer;
}
