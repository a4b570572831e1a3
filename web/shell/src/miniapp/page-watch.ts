/**
 * Watches over the page in front: a layout without end holds its frame's thread, and in Chromium those of all other
 * pages with it. The question goes to the frame's own thread; logic, which has another, answers for itself.
 */
import type { Page } from './page';
import { Watchdog } from './watchdog';

export class PageWatch {
  #page: Page | undefined;
  readonly #watchdog: Watchdog;

  constructor(
    private readonly current: () => Page | undefined,
    changed: (unresponsive: boolean) => void,
  ) {
    this.#watchdog = new Watchdog((sequence) => this.#ask(sequence), changed);
  }

  start(): void {
    this.#watchdog.start();
  }

  stop(): void {
    this.#watchdog.stop();
  }

  /** The user waits for it. */
  rest(): void {
    this.#watchdog.rest();
  }

  #ask(sequence: number): void {
    const page = this.current();
    // A page that just came, or whose frame still boots, has its time from now on.
    if (page === undefined || page !== this.#page || !page.view.frame.isBooted) {
      this.#page = page;
      this.#watchdog.rest();
      return;
    }
    void page.view.frame.answers().then(() => {
      if (page === this.#page) this.#watchdog.answered(sequence);
    });
  }
}
