/**
 * One sandboxed frame: an opaque origin that runs one of our two runtimes and talks over one port.
 *
 * It serves one app and is then destroyed. A frame that loads a second document broke out of its place: it is
 * destroyed and reported. A page frame can be asked whether its thread still goes on.
 */
import { type FrameRole, frameDocument } from './document';
import { runtimeCode } from './runtime-code';

const bootTimeout = 20_000;
/** A frame that is silent for longer answers one of the first questions, or none. */
const mostQuestions = 1000;

export class FrameFailure extends Error {
  override readonly name = 'FrameFailure';
}

export class Frame {
  readonly element = document.createElement('iframe');
  /** Settles when the runtime in the frame answered. */
  readonly booted: Promise<void>;
  onMessage: (message: unknown, ports: readonly MessagePort[]) => void = () => undefined;
  onFailure: (failure: FrameFailure) => void = () => undefined;

  readonly #role: FrameRole;
  readonly #channel = new MessageChannel();
  #settle: { resolve: () => void; reject: (failure: FrameFailure) => void } | undefined;
  /** Questions on their way to the frame's thread. Their numbers can't be guessed: nobody answers ahead. */
  readonly #questions = new Map<number, () => void>();
  #documents = 0;
  #destroyed = false;

  constructor(role: FrameRole, title: string) {
    this.#role = role;
    const { element } = this;
    element.setAttribute('sandbox', 'allow-scripts');
    element.setAttribute('referrerpolicy', 'no-referrer');
    // A page may start its videos once the user has touched the shell, as in the original; nothing else is lent to it.
    element.setAttribute('allow', role === 'view' ? 'autoplay' : '');
    element.title = title;
    element.srcdoc = frameDocument(role, location.origin);
    element.addEventListener('load', this.#loaded);
    window.addEventListener('message', this.#reported);
    this.#channel.port1.onmessage = this.#received;
    this.booted = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.booted.catch(() => undefined);
    setTimeout(() => this.#fail(`the ${role} frame did not start within ${bootTimeout / 1000} s`, false), bootTimeout);
  }

  post(message: unknown, transfer: Transferable[] = []): void {
    if (!this.#destroyed) this.#channel.port1.postMessage(message, transfer);
  }

  get isBooted(): boolean {
    return !this.#destroyed && this.#settle === undefined;
  }

  /** Asks a page frame's thread for an answer; settles when it comes, which it never does where the thread hangs. */
  answers(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#questions.size >= mostQuestions) return;
      const [sequence = 0] = crypto.getRandomValues(new Uint32Array(1));
      this.#questions.set(sequence, resolve);
      this.post({ k: 'ping', sequence });
    });
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#questions.clear();
    this.element.removeEventListener('load', this.#loaded);
    window.removeEventListener('message', this.#reported);
    this.#channel.port1.onmessage = null;
    this.#channel.port1.close();
    this.element.remove();
    this.#settle?.reject(new FrameFailure('the frame was closed'));
  }

  readonly #loaded = () => {
    this.#documents += 1;
    if (this.#documents > 1) {
      this.#fail(`the ${this.#role} frame loaded another document`, true);
      return;
    }
    runtimeCode(this.#role).then(
      (code) => {
        // The only message to '*': an opaque origin has no name. The window is the one that this frame made.
        const boot = { k: 'mezze.boot', role: this.#role, code };
        this.element.contentWindow?.postMessage(boot, '*', [this.#channel.port2]);
      },
      (failure: unknown) => this.#fail(String(failure), true),
    );
  };

  readonly #reported = (event: MessageEvent<unknown>) => {
    if (event.source === null || event.source !== this.element.contentWindow) return;
    const data = event.data;
    if (typeof data !== 'object' || data === null || !('k' in data) || data.k !== 'mezze.boot.failed') return;
    const message = 'message' in data && typeof data.message === 'string' ? data.message.slice(0, 2000) : '';
    this.#fail(`the ${this.#role} runtime failed: ${message}`, false);
  };

  readonly #received = (event: MessageEvent<unknown>) => {
    const data = event.data;
    if (this.#settle !== undefined && isBooted(data)) {
      this.#settle.resolve();
      this.#settle = undefined;
      return;
    }
    if (!this.#isAnswer(data)) this.onMessage(data, event.ports);
  };

  /**
   * The thread goes on: whatever it was asked meanwhile is answered by it. One that was silent for a while answers what
   * came later as well, each once and in order; a number that nobody asked is no answer.
   */
  #isAnswer(data: unknown): boolean {
    if (typeof data !== 'object' || data === null || !('k' in data) || data.k !== 'pong') return false;
    if (!('sequence' in data) || typeof data.sequence !== 'number' || !this.#questions.has(data.sequence)) return false;
    for (const answered of this.#questions.values()) answered();
    for (const asked of this.#questions.keys()) {
      this.#questions.delete(asked);
      if (asked === data.sequence) break;
    }
    return true;
  }

  /** Failures after the start are fatal only where they show that the frame can't be trusted. */
  #fail(message: string, fatal: boolean): void {
    if (this.#destroyed || (this.#settle === undefined && !fatal)) return;
    const failure = new FrameFailure(message);
    this.#settle?.reject(failure);
    this.#settle = undefined;
    this.onFailure(failure);
  }
}

function isBooted(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'k' in data && data.k === 'booted';
}
