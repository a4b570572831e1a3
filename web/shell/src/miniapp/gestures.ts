/**
 * Proofs of taps. A page frame tells the shell a token for each trusted gesture; the same token comes with the call
 * that the gesture led to. It counts once and only for a while.
 */
const lifetime = 5000;
const mostKept = 64;
/** The two ports are apart, so that a call may arrive before its token. */
const patience = 250;

export class Gestures {
  readonly #tokens = new Map<string, number>();
  readonly #waiting = new Map<string, (known: boolean) => void>();

  add(token: string): void {
    const waiting = this.#waiting.get(token);
    if (waiting !== undefined) {
      waiting(true);
      return;
    }
    this.#tokens.set(token, performance.now());
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > mostKept && oldest !== undefined) this.#tokens.delete(oldest);
  }

  async take(token: string | undefined): Promise<boolean> {
    if (token === undefined) return false;
    const since = this.#tokens.get(token);
    if (since !== undefined) {
      this.#tokens.delete(token);
      return performance.now() - since < lifetime;
    }
    if (this.#waiting.size >= mostKept || this.#waiting.has(token)) return false;
    return new Promise((resolve) => {
      const settle = (known: boolean) => {
        this.#waiting.delete(token);
        resolve(known);
      };
      this.#waiting.set(token, settle);
      setTimeout(settle, patience, false);
    });
  }
}
