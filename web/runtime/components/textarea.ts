/** A field of several lines, which may grow with its text. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { ConfirmBar } from './confirm-bar';
import { Field, fieldDefaults } from './field';

const defaults = {
  ...fieldDefaults,
  autoHeight: false,
  fixed: false,
  showConfirmBar: true,
  disableDefaultPadding: false,
  confirmType: 'return',
};
type Values = typeof defaults;

export class Textarea extends Field<Values, HTMLTextAreaElement> {
  #lines = 0;
  readonly #confirmBar = new ConfirmBar(this.context, () => this.confirm());

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults, document.createElement('textarea'));
    this.native.addEventListener('keydown', (event) => {
      const confirms = this.values.confirmType !== 'return' || event.ctrlKey || event.metaKey;
      if (event.key !== 'Enter' || !confirms || this.composing || event.isComposing) return;
      event.preventDefault();
      this.confirm();
    });
  }

  override connected(): void {
    super.connected();
    this.textChanged();
  }

  override resized(): void {
    this.textChanged();
  }

  protected override update(name: keyof Values): void {
    if (name === 'autoHeight') {
      this.host.toggleAttribute('auto-height', this.values.autoHeight);
      this.textChanged();
    } else if (name === 'fixed') this.host.toggleAttribute('fixed', this.values.fixed);
    else super.update(name);
  }

  /** A bar of the app's own takes the place of ours. */
  protected override aboveKeyboard(shown: boolean): number {
    return this.#confirmBar.show(shown && this.values.showConfirmBar && this.focusListener === null);
  }

  protected override textChanged(): void {
    const { native } = this;
    const listens = this.context.events.listeners.has(this.node, 'linechange');
    if (!this.host.isConnected || (!this.values.autoHeight && !listens)) return;
    native.style.height = '0';
    const height = native.scrollHeight;
    native.style.height = this.values.autoHeight ? `${height}px` : '';
    const lineHeight = Number.parseFloat(getComputedStyle(native).lineHeight) || 20;
    const lines = Math.max(1, Math.round(height / lineHeight));
    if (lines === this.#lines) return;
    const first = this.#lines === 0;
    this.#lines = lines;
    if (!first || lines > 1)
      this.emit('linechange', { height, heightRpx: (height * 750) / innerWidth, lineCount: lines, lineHeight });
  }
}
