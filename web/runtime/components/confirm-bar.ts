/** The bar with "Done" above the keyboard of a textarea, whose own key for it begins a new line. */
import type { ViewContext } from '../view/context';
import { part } from './component';

export class ConfirmBar {
  readonly #bar = part('mz-confirm-bar');

  constructor(
    private readonly context: ViewContext,
    confirm: () => void,
  ) {
    const done = part('mz-confirm-done', this.#bar, 'button');
    done.textContent = context.locale.toLowerCase().startsWith('zh') ? '完成' : 'Done';
    done.addEventListener('click', confirm);
    // A press must not take the focus, and with it the keyboard, away.
    this.#bar.addEventListener('mousedown', (event) => event.preventDefault());
  }

  /** Shows it above the keyboard, or takes it away; gives its height in CSS pixels. */
  show(shown: boolean): number {
    if (!shown) {
      this.#bar.remove();
      return 0;
    }
    if (!this.#bar.isConnected) document.body.append(this.#bar);
    this.#bar.style.bottom = `${this.context.keyboard.covers}px`;
    return this.#bar.offsetHeight;
  }
}
