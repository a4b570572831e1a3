/** Toast, loading mark, dialogue and action sheet of an app: state that its window draws. */
import { Observable } from '../observable';

export interface Toast {
  kind: 'toast' | 'loading';
  title: string;
  icon: 'success' | 'error' | 'loading' | 'none';
  image: Blob | undefined;
  mask: boolean;
}

export interface Modal {
  title: string;
  content: string;
  showCancel: boolean;
  cancelText: string;
  cancelColour: string | undefined;
  confirmText: string;
  confirmColour: string | undefined;
  editable: boolean;
  placeholder: string;
  answer: (result: { confirm: boolean; content: string }) => void;
}

export interface ActionSheet {
  items: string[];
  colour: string | undefined;
  alert: string;
  answer: (index: number | undefined) => void;
}

export class Interactions extends Observable {
  toast: Toast | undefined;
  modal: Modal | undefined;
  sheet: ActionSheet | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Further dialogues wait for the one that is shown. */
  #modals: Modal[] = [];
  #sheets: ActionSheet[] = [];

  showToast(toast: Toast, duration: number | undefined): void {
    clearTimeout(this.#timer);
    this.toast = toast;
    if (duration !== undefined) this.#timer = setTimeout(() => this.hideToast(undefined), duration);
    this.changed();
  }

  /** Hides what is shown; a `kind` leaves the other alone. */
  hideToast(kind: Toast['kind'] | undefined): void {
    if (kind !== undefined && this.toast?.kind !== kind) return;
    clearTimeout(this.#timer);
    this.toast = undefined;
    this.changed();
  }

  askModal(modal: Omit<Modal, 'answer'>): Promise<{ confirm: boolean; content: string }> {
    return new Promise((resolve) => {
      this.#modals.push({ ...modal, answer: (result) => this.#next(() => resolve(result), 'modal') });
      this.#advance();
    });
  }

  askSheet(sheet: Omit<ActionSheet, 'answer'>): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.#sheets.push({ ...sheet, answer: (index) => this.#next(() => resolve(index), 'sheet') });
      this.#advance();
    });
  }

  /** Answers system back: closes the topmost question, as a refusal. */
  dismissTopmost(): boolean {
    if (this.sheet !== undefined) this.sheet.answer(undefined);
    else if (this.modal !== undefined) this.modal.answer({ confirm: false, content: '' });
    else return false;
    return true;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.toast = undefined;
    this.modal = undefined;
    this.sheet = undefined;
    this.#modals = [];
    this.#sheets = [];
    this.changed();
  }

  #next(settle: () => void, kind: 'modal' | 'sheet'): void {
    this[kind] = undefined;
    settle();
    this.#advance();
  }

  #advance(): void {
    this.modal ??= this.#modals.shift();
    this.sheet ??= this.#sheets.shift();
    this.changed();
  }
}
