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
  /** The user's own name, where they took it from the shell. */
  #taken: string | undefined;
  #offered = false;
  #stopListening: () => void = () => undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults, document.createElement('input'));
    this.native.type = 'text';
    this.native.autocomplete = 'off';
    this.native.enterKeyHint = 'done';
    this.native.addEventListener('change', () => this.#reviewed());
    this.native.addEventListener('focus', () => this.#offerNickname(true));
    this.native.addEventListener('blur', () => this.#offerNickname(false));
    this.native.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || this.composing || event.isComposing) return;
      event.preventDefault();
      this.confirm();
    });
  }

  override connected(): void {
    this.#stopListening = this.context.services.listen(this.node, (name, detail) => {
      if (name === 'nickname') this.#take((detail as { name?: unknown } | null)?.name);
    });
    super.connected();
  }

  override disconnected(): void {
    this.#offerNickname(false);
    this.#stopListening();
    super.disconnected();
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

  /** The shell offers the user's name beside the keyboard, out of the page's reach. */
  #offerNickname(offered: boolean): void {
    if (offered === this.#offered || (offered && (this.values.type !== 'nickname' || this.values.disabled))) return;
    this.#offered = offered;
    const op = offered ? 'nickname.offer' : 'nickname.withdraw';
    this.context.services.ask(this.node, op).catch(() => undefined);
  }

  #take(name: unknown): void {
    if (typeof name !== 'string' || this.values.type !== 'nickname') return;
    this.#taken = name;
    this.#offered = false;
    const { maxlength } = this.values;
    this.native.value = maxlength < 0 ? name : name.slice(0, maxlength);
    this.native.dispatchEvent(new InputEvent('input'));
    this.#reviewed();
  }

  /** Nobody reviews names here: of one that was typed it is told that no review came in time. */
  #reviewed(): void {
    if (this.values.type !== 'nickname') return;
    this.emit('nicknamereview', { pass: true, timeout: this.native.value !== this.#taken });
  }
}
