/**
 * Proofs of taps. A page frame tells the shell a token for each trusted gesture; the same token comes with the call
 * that the gesture led to. It counts once and only for a while, and where a call belongs to a button's `open-type`,
 * only from a button of that type.
 */
const lifetime = 5000;
const mostKept = 64;
/** The two ports are apart, so that a call may arrive before its token. */
const patience = 250;

interface Tap {
  at: number;
  openType: string | undefined;
}

export class Gestures {
  readonly #tokens = new Map<string, Tap>();
  readonly #waiting = new Map<string, (tap: Tap | undefined) => void>();

  add(token: string, openType?: string): void {
    const tap = { at: performance.now(), openType };
    const waiting = this.#waiting.get(token);
    if (waiting !== undefined) {
      waiting(tap);
      return;
    }
    this.#tokens.set(token, tap);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > mostKept && oldest !== undefined) this.#tokens.delete(oldest);
  }

  /** Spends the token. True where it proves a tap, on a button of `openType` where one is named. */
  async take(token: string | undefined, openType?: string): Promise<boolean> {
    if (token === undefined) return false;
    const tap = this.#tokens.get(token) ?? (await this.#arrival(token));
    this.#tokens.delete(token);
    if (tap === undefined || performance.now() - tap.at >= lifetime) return false;
    if (openType === undefined) return true;
    const types = tap.openType?.split('|') ?? [];
    // A button of two types stands for two calls: the tap stays good for the other one.
    const others = types.filter((type) => type !== openType);
    if (others.length > 0 && others.length < types.length)
      this.#tokens.set(token, { ...tap, openType: others.join('|') });
    return others.length < types.length;
  }

  #arrival(token: string): Promise<Tap | undefined> {
    if (this.#waiting.size >= mostKept || this.#waiting.has(token)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (tap: Tap | undefined) => {
        this.#waiting.delete(token);
        resolve(tap);
      };
      this.#waiting.set(token, settle);
      setTimeout(settle, patience, undefined);
    });
  }
}
