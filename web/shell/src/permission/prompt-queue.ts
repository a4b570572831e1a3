/** Prompts of all apps, one at a time: a second one waits until the first is answered, whoever asked. */

export interface Turn {
  /** Lets the next one in; calling it twice does nothing. */
  end: () => void;
}

export class PromptQueue {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is this one's turn. */
  async take(): Promise<Turn> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return { end };
  }
}

export const prompts = new PromptQueue();
