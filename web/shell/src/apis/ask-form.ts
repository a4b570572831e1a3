/** Asks the user for more than yes or no: a form in the trusted sheet, where no app can draw. */

import type { MiniApp } from '../miniapp/mini-app';
import { MezzeElement } from '../screens/base';

/** A form hands over its answer once; leaving the sheet answers undefined. */
export abstract class TrustedForm<Answer> extends MezzeElement {
  answer: (answer: Answer | undefined) => void = () => undefined;
  #since = Number.POSITIVE_INFINITY;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#since = performance.now();
  }

  /** Runs what a button is for, but not for a tap that was meant for the app below. */
  protected guarded(run: () => void): () => void {
    return () => {
      if (performance.now() - this.#since >= guard) run();
    };
  }
}

/** As in the trusted sheet's own questions, milliseconds. */
const guard = 500;

export async function askForm<Answer>(
  app: MiniApp,
  title: string,
  form: TrustedForm<Answer>,
): Promise<Answer | undefined> {
  let given: Answer | undefined;
  const asked = app.ask({ title, content: '', confirm: '', form });
  form.answer = (answer) => {
    given = answer;
    app.question?.answer(answer !== undefined);
  };
  return (await asked) ? given : undefined;
}
