/** A field of one line. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Field, fieldDefaults } from './field';

const defaults = { ...fieldDefaults, type: 'text', password: false, confirmType: 'done', alwaysEmbed: false };
type Values = typeof defaults;

/** Keyboard of each type, and what may be typed where the keyboard itself does not see to it. */
const types: Record<string, { inputMode: string; drop?: RegExp }> = {
  text: { inputMode: '' },
  number: { inputMode: 'numeric', drop: /[^0-9]/g },
  digit: { inputMode: 'decimal', drop: /[^0-9.]/g },
  idcard: { inputMode: 'text', drop: /[^0-9xX]/g },
  tel: { inputMode: 'tel' },
  'safe-password': { inputMode: 'text' },
  nickname: { inputMode: 'text' },
};

export class Input extends Field<Values, HTMLInputElement> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults, document.createElement('input'));
    this.native.type = 'text';
    this.native.autocomplete = 'off';
    this.native.enterKeyHint = 'done';
    this.native.addEventListener('change', () => {
      // Nobody reviews names on this host: the review is told as one that did not come in time.
      if (this.values.type === 'nickname') this.emit('nicknamereview', { pass: true, timeout: true });
    });
    this.native.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || this.composing || event.isComposing) return;
      event.preventDefault();
      this.confirm();
    });
  }

  protected override update(name: keyof Values): void {
    if (name === 'type' || name === 'password') {
      const { type, password } = this.values;
      this.native.type = password || type === 'safe-password' ? 'password' : 'text';
      this.native.inputMode = types[type]?.inputMode ?? '';
    } else super.update(name);
  }

  /** There is no encryption before the app gets the text here, and the event says so. */
  protected override secret(): Record<string, unknown> {
    return this.values.type === 'safe-password' ? { encryptedValue: '', encryptError: -1 } : {};
  }

  protected override allowed(text: string): string {
    const drop = types[this.values.type]?.drop;
    return drop === undefined ? text : text.replace(drop, '');
  }
}
