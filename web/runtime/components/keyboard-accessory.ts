/** A bar over the keyboard, which comes with the focus of the field that it stands in and goes with it. */
import type { ViewContext } from '../view/context';
import { standFor, type ViewNode } from '../view/node';
import { above } from './choice';
import { Component } from './component';
import { Field } from './field';

type AnyField = Field<never, never>;

export class KeyboardAccessory extends Component<Record<string, never>> {
  readonly #bar = document.createElement('mz-keyboard-accessory-bar');
  #field: AnyField | null = null;
  #forgetKeyboard: () => void = () => undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, {});
    host.append(this.#bar);
    standFor(this.#bar, node);
    // A press on the bar must not take the focus, and with it the bar, away.
    this.#bar.addEventListener('mousedown', (event) => event.preventDefault());
  }

  override get container(): Node {
    return this.#bar;
  }

  override connected(): void {
    this.#field = above(this.node, (component): component is AnyField => component instanceof Field);
    if (this.#field === null) {
      this.context.warn('<keyboard-accessory> stands in no input or textarea');
      return;
    }
    this.#forgetKeyboard = this.context.keyboard.listen(() => this.#place());
    this.#field.focusListener = (focused) => this.#show(focused);
    if (document.activeElement === this.#field.accessibleElement) this.#show(true);
  }

  override disconnected(): void {
    if (this.#field !== null) this.#field.focusListener = null;
    this.#show(false);
    this.#forgetKeyboard();
  }

  #show(shown: boolean): void {
    (shown ? document.body : this.host).append(this.#bar);
    if (shown) this.#place();
  }

  /** An on-screen keyboard covers the bottom of the window without making it smaller. */
  #place(): void {
    this.#bar.style.bottom = `${this.context.keyboard.covers}px`;
  }
}
