/** What every element of the console shares. */
import { html, nothing, type TemplateResult } from 'lit';
import { MezzeElement } from '../../../common/element';
import { forms, notes, pills, tables } from './look';
import { consoleStyle } from './style';

export class ConsoleElement extends MezzeElement {
  static override styles = [...consoleStyle, tables, forms, notes, pills];
}

/** An empty place: what it is for, and what to do first. */
export function emptyNote(title: string, advice: string, action: unknown = nothing): TemplateResult {
  return html`<div class="empty"><h2>${title}</h2><p class="muted">${advice}</p>${action}</div>`;
}

/** A field of a submitted form, trimmed. */
export function field(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

export function formOf(event: SubmitEvent): HTMLFormElement {
  event.preventDefault();
  return event.currentTarget as HTMLFormElement;
}

/** Tells the element around it that something was done, with what came of it. */
export function announce<T>(element: HTMLElement, name: string, detail: T): void {
  element.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }));
}
