/**
 * The gesture handlers: tags without a box that recognise a gesture in what stands inside them and tell it to the
 * page's worklet function (`worklet:ongesture`).
 *
 * What a function answers (`should-response-on-move`, `should-accept-gesture`) comes from the logic worker, a moment
 * after the movement that it was asked about: until then the last answer counts, at first yes.
 */

import { ownAttributes } from '../../protocol';
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import type { Together } from '../drag';

export const gestureState = { possible: 0, begin: 1, active: 2, end: 3, cancelled: 4 } as const;
export type GestureState = (typeof gestureState)[keyof typeof gestureState];

const defaults = {
  tag: '',
  simultaneousHandlers: null as unknown as null,
  nativeView: '',
};
export type GestureValues = typeof defaults;

const questions = { accept: 'should-accept-gesture', respond: 'should-response-on-move' } as const;

export abstract class GestureHandler extends Component<GestureValues> {
  readonly #answers = new Map<string, boolean>();

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override write(name: string, value: unknown, lastEvent: number): void {
    if (name !== ownAttributes.workletAnswer) super.write(name, value, lastEvent);
    else if (typeof value === 'object' && value !== null) {
      const { name: question, value: answer } = value as Record<string, unknown>;
      if (typeof answer === 'boolean') this.#answers.set(String(question), answer);
    }
  }

  /** Names for a gesture that may go on together with others: `tag` or id. */
  protected together(): Together {
    const given: unknown = this.values.simultaneousHandlers;
    const names = Array.isArray(given) ? given.map(String) : [];
    return { name: this.values.tag === '' ? this.host.id : this.values.tag, with: names };
  }

  protected tell(state: GestureState, detail: Record<string, number>): void {
    this.context.events.flush(this.#key);
    this.context.events.worklet(this.node, 'ongesture', { state, ...detail });
  }

  /** A movement; `detail` is asked for when the event may go, so that it can add up what came meanwhile. */
  protected tellActive(detail: () => Record<string, number>): void {
    this.context.events.coalesce(this.#key, () =>
      this.context.events.worklet(this.node, 'ongesture', { state: gestureState.active, ...detail() }),
    );
  }

  /** Whether the page lets the gesture be recognised. */
  protected accepted(detail: Record<string, number>): boolean {
    return this.#ask(questions.accept, detail);
  }

  /** Whether the page lets the gesture follow this movement. */
  protected responds(detail: Record<string, number>): boolean {
    return this.#ask(questions.respond, detail);
  }

  protected get lastResponse(): boolean {
    return this.#answers.get(questions.respond) ?? true;
  }

  #ask(question: string, detail: Record<string, number>): boolean {
    const key = `${question} ${this.node.id}`;
    this.context.events.coalesce(key, () => this.context.events.worklet(this.node, question, detail));
    return this.#answers.get(question) ?? true;
  }

  get #key(): string {
    return `gesture ${this.node.id}`;
  }
}
