/**
 * What input and textarea share: the text is the user's. Every change is reported; a write by the logic side counts
 * only if it has seen the newest change, and never while an input method composes.
 */
import { ownAttributes } from '../protocol/operations';
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { convertRpx } from '../view/style/text';
import { type Activation, Component, part } from './component';
import { toPixels } from './properties';

export const fieldDefaults = {
  value: '',
  placeholder: '',
  placeholderStyle: '',
  placeholderClass: '',
  disabled: false,
  maxlength: 140,
  focus: false,
  autoFocus: false,
  confirmType: '',
  confirmHold: false,
  cursor: -1,
  cursorSpacing: 0,
  selectionStart: -1,
  selectionEnd: -1,
  adjustPosition: true,
  holdKeyboard: false,
  cursorColor: '',
  name: '',
};
export type FieldValues = typeof fieldDefaults;

/** A text that the logic side puts into the field, and where the cursor goes. */
interface Put {
  text: string;
  cursor?: number;
}

type NativeField = HTMLInputElement | HTMLTextAreaElement;

const enterKeys: Record<string, string> = {
  send: 'send',
  search: 'search',
  next: 'next',
  go: 'go',
  done: 'done',
  return: 'enter',
};

export abstract class Field<Values extends FieldValues, Native extends NativeField> extends Component<Values> {
  protected readonly wrapper = part('mz-field', this.host);
  protected readonly placeholder = part('input-placeholder', this.wrapper);
  #composing = false;
  /** A write that came during composition. */
  #waiting: Put | null = null;
  #initial: string | null = null;
  #reported = '';
  #keyboardHeight = 0;
  #forgetKeyboard: (() => void) | null = null;

  constructor(
    node: ViewNode,
    host: HTMLElement,
    context: ViewContext,
    defaults: Values,
    protected readonly native: Native,
  ) {
    super(node, host, context, defaults);
    this.wrapper.append(native);
    this.placeholder.setAttribute('aria-hidden', 'true');
    native.maxLength = 140;
    native.addEventListener('compositionstart', (event) => {
      this.#composing = true;
      this.#showPlaceholder();
      this.emit('keyboardcompositionstart', composed(event));
    });
    native.addEventListener('compositionupdate', (event) => this.emit('keyboardcompositionupdate', composed(event)));
    native.addEventListener('compositionend', (event) => {
      this.emit('keyboardcompositionend', composed(event));
      this.#composing = false;
      const before = this.#reported;
      const waiting = this.#waiting;
      this.#waiting = null;
      this.#typed();
      // What was composed is newer than a write that came meanwhile; one that was given up is not.
      if (waiting !== null && this.#reported === before) this.#put(waiting);
    });
    native.addEventListener('input', () => this.#typed());
    native.addEventListener('focus', () => this.#focused());
    native.addEventListener('blur', () => this.#blurred());
    native.addEventListener('selectionchange', () => this.#selected());
  }

  /** Told when the field takes or loses the focus; a keyboard accessory follows it. */
  focusListener: ((focused: boolean) => void) | null = null;

  override get accessibleElement(): HTMLElement {
    return this.native;
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): string {
    return this.native.value;
  }

  resetField(): void {
    this.values.value = this.#initial ?? '';
    this.#put({ text: this.values.value });
  }

  override connected(): void {
    this.#initial ??= this.values.value;
    if (this.values.focus || this.values.autoFocus) this.takeFocus();
  }

  override disconnected(): void {
    if (this.#forgetKeyboard !== null) this.#withoutKeyboard();
  }

  override disabled(): boolean {
    return false;
  }

  override activate(_activation: Activation): boolean {
    if (!this.values.disabled && document.activeElement !== this.native) this.takeFocus();
    return false;
  }

  override get methods(): ReadonlySet<string> {
    return fieldMethods;
  }

  override invoke(method: string): undefined {
    if (method === 'focus') this.takeFocus();
    else this.native.blur();
  }

  takeFocus(): void {
    if (this.values.disabled) return;
    this.native.focus({ preventScroll: !this.values.adjustPosition });
    this.#select();
  }

  override write(name: string, value: unknown, lastEvent: number): void {
    if (name === ownAttributes.inputAnswer) this.#answered(value, lastEvent);
    else super.write(name, value, lastEvent);
  }

  protected override owns(name: string): boolean {
    return name === 'value';
  }

  protected override update(name: keyof Values & string): void {
    const { native, values } = this;
    switch (name) {
      case 'value':
        this.#putSoon({ text: values.value });
        return;
      case 'placeholder':
        this.placeholder.textContent = values.placeholder;
        if (!this.node.attributes?.has('ariaLabel')) native.setAttribute('aria-label', values.placeholder);
        return;
      case 'placeholderStyle':
        this.placeholder.style.cssText = convertRpx(values.placeholderStyle);
        return;
      case 'placeholderClass':
        this.placeholder.className = `input-placeholder ${values.placeholderClass}`;
        return;
      case 'disabled':
        native.disabled = values.disabled;
        return;
      case 'maxlength':
        if (values.maxlength < 0) native.removeAttribute('maxlength');
        else native.maxLength = Math.min(Math.trunc(values.maxlength), 1_000_000);
        return;
      case 'confirmType':
        native.enterKeyHint = enterKeys[values.confirmType] ?? '';
        return;
      case 'focus':
        if (!this.host.isConnected) return;
        if (values.focus) this.takeFocus();
        else native.blur();
        return;
      case 'cursorColor':
        native.style.caretColor = values.cursorColor;
        return;
      case 'cursorSpacing':
        this.#keyboard();
        return;
      case 'cursor':
      case 'selectionStart':
      case 'selectionEnd':
        if (document.activeElement === native) this.#select();
        return;
    }
  }

  /** Text that may stand in the field; what the user types beyond it is taken back. */
  protected allowed(text: string): string {
    return text;
  }

  /** What events of a password field tell beside its text. */
  protected secret(): Record<string, unknown> {
    return {};
  }

  /** The text in the field changed, by whomever. */
  protected textChanged(): void {}

  protected confirm(): void {
    this.emit('confirm', { value: this.native.value, ...this.secret() });
    if (!this.values.confirmHold) this.native.blur();
  }

  /** The keyboard is there or not; gives the height of what the field shows above it, CSS pixels. */
  protected aboveKeyboard(_shown: boolean): number {
    return 0;
  }

  protected get composing(): boolean {
    return this.#composing;
  }

  #typed(): void {
    this.#showPlaceholder();
    this.textChanged();
    if (this.#composing) return;
    const { native } = this;
    const allowed = this.allowed(native.value);
    if (allowed !== native.value) native.value = allowed;
    if (allowed === this.#reported) return;
    this.#reported = allowed;
    this.values.value = allowed;
    const cursor = native.selectionStart ?? allowed.length;
    this.emitValue('value', allowed, 'input', { value: allowed, cursor, keyCode: allowed.charCodeAt(cursor - 1) || 8 });
    this.#showPlaceholder();
  }

  /** What the handler of `input` returned replaces the text, unless the user has typed on meanwhile. */
  #answered(answer: unknown, lastEvent: number): void {
    if (lastEvent < this.lastValueEvent || typeof answer !== 'object' || answer === null) return;
    const { value, cursor } = answer as Record<string, unknown>;
    if (typeof value !== 'string') return;
    this.values.value = value;
    this.#putSoon(typeof cursor === 'number' && cursor >= 0 ? { text: value, cursor } : { text: value });
  }

  #putSoon(put: Put): void {
    if (this.#composing) this.#waiting = put;
    else this.#put(put);
  }

  #put({ text, cursor: wanted }: Put): void {
    const { native } = this;
    const limited = this.values.maxlength >= 0 ? text.slice(0, this.values.maxlength) : text;
    if (native.value !== limited) {
      const atEnd = native.selectionEnd === native.value.length;
      const cursor = native.selectionEnd ?? limited.length;
      native.value = limited;
      if (document.activeElement === native) {
        const to = atEnd ? limited.length : Math.min(cursor, limited.length);
        this.#range(to, to);
      }
    }
    if (wanted !== undefined && document.activeElement === native) {
      const to = Math.min(Math.trunc(wanted), limited.length);
      this.#range(to, to);
    }
    this.#reported = limited;
    this.#showPlaceholder();
    this.textChanged();
  }

  #showPlaceholder(): void {
    this.placeholder.hidden = this.#composing || this.native.value !== '';
  }

  #select(): void {
    const { cursor, selectionStart, selectionEnd } = this.values;
    if (selectionStart >= 0 && selectionEnd >= 0) this.#range(selectionStart, selectionEnd);
    else if (cursor >= 0) this.#range(cursor, cursor);
  }

  #range(start: number, end: number): void {
    // Fields of type number and the like have no selection to set.
    if (this.native.selectionStart !== null) this.native.setSelectionRange(start, end);
  }

  #selected(): void {
    const { selectionStart, selectionEnd } = this.native;
    this.emit('selectionchange', { selectionStart, selectionEnd });
  }

  /** With `hold-keyboard`, a press beside the field leaves the keyboard where it is. */
  readonly #hold = (event: Event) => {
    if (this.values.holdKeyboard && event.target instanceof Node && !this.host.contains(event.target))
      event.preventDefault();
  };

  #focused(): void {
    document.addEventListener('mousedown', this.#hold, { capture: true });
    this.focusListener?.(true);
    this.values.focus = true;
    this.#forgetKeyboard ??= this.context.keyboard.listen(() => this.#keyboard());
    this.emit('focus', { value: this.native.value, height: this.context.keyboard.height });
    this.#keyboard();
  }

  #blurred(): void {
    document.removeEventListener('mousedown', this.#hold, { capture: true });
    this.focusListener?.(false);
    this.values.focus = false;
    const { value, selectionStart } = this.native;
    this.emit('blur', { value, cursor: selectionStart ?? value.length, ...this.secret() });
    this.#withoutKeyboard();
  }

  #keyboard(): void {
    if (document.activeElement !== this.native) return;
    const { height } = this.context.keyboard;
    this.#reportKeyboard(height);
    const above = this.aboveKeyboard(height > 0);
    if (height > 0 && this.values.adjustPosition) this.#makeRoom(above);
    else this.#lift(0);
  }

  /** The field, and as much below it as the page wants between its cursor and the keyboard, comes into sight. */
  #makeRoom(above: number): void {
    this.native.scrollIntoView({ block: 'nearest' });
    const { top, bottom } = this.host.getBoundingClientRect();
    const spacing = Math.max(0, toPixels(this.values.cursorSpacing, 0));
    this.#lift(this.context.keyboard.distance(top, bottom + spacing + above));
  }

  #lift(distance: number): void {
    if (!this.context.keyboard.lifted(distance)) return;
    this.context.services
      .ask(this.node, 'page.lift', { distance })
      .catch((reason: unknown) => this.context.warn(`${this.node.tag}: ${String(reason)}`));
  }

  #withoutKeyboard(): void {
    this.#forgetKeyboard?.();
    this.#forgetKeyboard = null;
    this.#reportKeyboard(0);
    this.aboveKeyboard(false);
    this.#lift(0);
  }

  #reportKeyboard(height: number): void {
    if (height === this.#keyboardHeight) return;
    this.#keyboardHeight = height;
    this.emit('keyboardheightchange', { height, duration: height > 0 ? keyboardTime : 0 });
  }
}

/** How long a keyboard takes to come, seconds; browsers don't tell. */
const keyboardTime = 0.25;
const fieldMethods: ReadonlySet<string> = new Set(['focus', 'blur']);

/** What an input method has put together so far. */
function composed(event: Event): Record<string, unknown> {
  return { data: event instanceof CompositionEvent ? event.data : '' };
}
