/**
 * Notices a thread of a mini app's that no longer answers: a busy loop stops logic's messages or a page's, not the
 * shell's.
 */

const interval = 1000;
const patience = 5000;
/** One that is silent for longer answers one of the first of them, or none. */
const mostSent = 1000;

export class Watchdog {
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Pings on their way. Their numbers can't be guessed: a loop that never hears one can't answer it. */
  readonly #sent = new Set<number>();
  #lastAnswer = 0;
  #lastTick = 0;
  #unresponsive = false;

  constructor(
    private readonly ping: (sequence: number) => void,
    private readonly changed: (unresponsive: boolean) => void,
  ) {}

  start(): void {
    if (this.#timer !== undefined) return;
    this.#lastAnswer = performance.now();
    this.#lastTick = this.#lastAnswer;
    this.#timer = setInterval(() => this.#tick(), interval);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#set(false);
  }

  /** Begins to count anew: the user waits, or there is nobody to ask at the moment. */
  rest(): void {
    this.#sent.clear();
    this.#lastAnswer = performance.now();
    this.#set(false);
  }

  answered(sequence: unknown): void {
    if (typeof sequence !== 'number' || !this.#sent.has(sequence)) return;
    this.rest();
  }

  #tick(): void {
    const now = performance.now();
    // A shell that was itself suspended says nothing about the app.
    if (now - this.#lastTick > interval * 3) this.#lastAnswer = now;
    this.#lastTick = now;
    if (now - this.#lastAnswer > patience) this.#set(true);
    const [sequence = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (this.#sent.size < mostSent) this.#sent.add(sequence);
    this.ping(sequence);
  }

  #set(unresponsive: boolean): void {
    if (unresponsive === this.#unresponsive) return;
    this.#unresponsive = unresponsive;
    this.changed(unresponsive);
  }
}
