/**
 * What every built-in with behaviour is: a controller of one `mz-*` element. It may draw parts of its own into the
 * element (named with the dialect's `wx-` classes, which real style sheets select) and says where the logic side's
 * children go.
 *
 * The parts are in the light DOM and not in a shadow tree, since apps style them from their pages
 * (`.wx-switch-input`, `.wx-swiper-dot`, placeholder classes), as the original allows.
 */

import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { convert, type PropertyValues } from './properties';

/** What the tap that reached a component was; `target` is the node that was hit. */
export interface Activation {
  target: ViewNode;
  gesture: string | undefined;
  /** By keyboard or assistive technology rather than by pointer. */
  byKeyboard: boolean;
  detail: Record<string, unknown>;
}

const noMethods: ReadonlySet<string> = new Set();

export abstract class Component<Values extends PropertyValues = PropertyValues> {
  readonly values: Values;
  /** Number of the last event that told the logic side a value this component owns. */
  protected lastValueEvent = 0;

  constructor(
    readonly node: ViewNode,
    readonly host: HTMLElement,
    readonly context: ViewContext,
    private readonly defaults: Values,
  ) {
    this.values = { ...defaults };
  }

  get container(): Node {
    return this.host;
  }

  /** The element that assistive technology meets, which labels and roles belong on. */
  get accessibleElement(): HTMLElement {
    return this.host;
  }

  /** A write by the logic side. Names that are not on the component's list do nothing. */
  write(name: string, value: unknown, lastEvent: number): void {
    if (!Object.hasOwn(this.defaults, name)) return;
    const converted = convert(value, this.defaults[name] ?? null);
    if (this.owns(name) && lastEvent < this.lastValueEvent) return;
    (this.values as Record<string, unknown>)[name] = converted;
    this.update(name as keyof Values & string);
  }

  /** True for values that the user changes here: a write that has not seen the newest change is stale. */
  protected owns(_name: string): boolean {
    return false;
  }

  protected update(_name: keyof Values & string): void {}

  connected(): void {}
  disconnected(): void {}
  childrenChanged(): void {}
  /** After the logic side set class or style, which replace what a component may have set itself. */
  classChanged(): void {}
  styleChanged(): void {}
  /** The logic side added or removed a listener of this type. */
  listenersChanged?(type: string): void;
  /** The page was covered by another or shows again. */
  visibilityChanged(_visible: boolean): void {}
  /** The window was resized. */
  resized(): void {}

  /** True where taps have no effect, as on a disabled button. */
  disabled(): boolean {
    return false;
  }

  /** A tap on this element or inside it; true when it was used up and nothing further out shall act on it. */
  activate(_activation: Activation): boolean {
    return false;
  }

  /** Names of the `invoke` methods that the component carries out. */
  get methods(): ReadonlySet<string> {
    return noMethods;
  }

  /** A page of the host's own came to lie over the app's. */
  hostOpened?(): void;

  /** The user asks for the top; true where the component goes there. */
  backToTop?(): boolean;

  /** The element that scrolls, where the component has one. */
  get scroller(): HTMLElement | null {
    return null;
  }

  /** Where `x` and `y` of touches start, for the component whose touches have them. */
  get touchOrigin(): { left: number; top: number } | null {
    return null;
  }

  /** Null where the component tells of taps on it itself. */
  tapDetail?(detail: { x: number; y: number }): null;

  /** Carries out one of `methods`; throws with a reason where it can't. */
  invoke(_method: string, _args: readonly unknown[]): unknown {
    return undefined;
  }

  /** Sends a non-bubbling event if the logic side listens. */
  protected emit(type: string, detail: Record<string, unknown> = {}): void {
    this.context.events.component(this.node, type, detail);
  }

  /** Tells a two-way binding, then the listeners, about a value that the user changed. */
  protected emitValue(name: string, value: unknown, type: string, detail: Record<string, unknown>): void {
    const bound = this.context.events.model(this.node, name, value);
    const sent = this.context.events.component(this.node, type, detail);
    this.lastValueEvent = Math.max(this.lastValueEvent, bound, sent);
  }
}

/** A field of a form: has a name and a value that submit collects and reset sets back. */
export interface FormField {
  readonly fieldName: string;
  fieldValue(): unknown;
  resetField(): void;
}

export function isFormField(component: Component | null): component is Component & FormField {
  return component !== null && 'fieldValue' in component;
}

/** Makes a part of a component. */
export function part(className: string, parent?: Node, tag = 'div'): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  parent?.appendChild(element);
  return element;
}
