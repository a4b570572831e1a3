/**
 * The frame's record of one node that the logic side drew, and the way back from a DOM node to it.
 *
 * Plain tags (`view`, `text`, hosts of custom components) are un-upgraded elements with no behaviour of their own:
 * a page has thousands of them. A built-in with behaviour gets a `Component`, which may draw parts of its own and
 * names the element that the logic side's children go into (`container`).
 */
import type { Component } from '../components/component';

export class ViewNode {
  parent: ViewNode | null = null;
  /** Height of the subtree below, counted upwards as children come, for the cap on depth. */
  height = 0;
  /** Event type to `ListenerFlag` bits. */
  listeners: Map<string, number> | null = null;
  models: Set<string> | null = null;
  component: Component | null = null;
  /** Where children go: the node itself unless a component draws parts around them. */
  container: Node;
  hover: HoverSettings | null = null;
  /** Values as the logic side sent them, names in camel case; kept for `fields({ properties })`. */
  attributes: Map<string, unknown> | null = null;
  /** Text as sent, before a text component decoded it or changed its spaces. */
  rawText: string | null = null;
  /** Inline style as sent and the version of it, so that a late `url()` is not put into a newer style. */
  styleText = '';
  extraStyle = '';
  styleVersion = 0;
  /** The class attribute as the logic side set it, and classes that the frame adds while something goes on. */
  className = '';
  #worn: string[] | null = null;

  constructor(
    readonly id: number,
    readonly tag: string,
    readonly dom: HTMLElement | Text | DocumentFragment,
  ) {
    this.container = dom;
    (dom as WithViewNode)[viewNode] = this;
  }

  setClass(element: HTMLElement, value: string): void {
    this.className = value;
    element.className = this.#worn === null ? value : [value, ...this.#worn].join(' ');
  }

  /** Adds classes of the frame's own; a class change by the logic side keeps them. */
  wear(classes: string): void {
    this.#worn = [...(this.#worn ?? []), classes];
    if (this.element !== null) this.setClass(this.element, this.className);
  }

  takeOff(classes: string): void {
    const worn = this.#worn ?? [];
    const at = worn.indexOf(classes);
    if (at < 0) return;
    worn.splice(at, 1);
    this.#worn = worn.length === 0 ? null : worn;
    if (this.element !== null) this.setClass(this.element, this.className);
  }

  /** The element, or null for text and fragments. */
  get element(): HTMLElement | null {
    return this.dom instanceof HTMLElement ? this.dom : null;
  }
}

export interface HoverSettings {
  className: string;
  startTime: number;
  stayTime: number;
  stopPropagation: boolean;
}

const viewNode = Symbol('view node');
interface WithViewNode extends Node {
  [viewNode]?: ViewNode;
}

/** Lets a part of a component that stands elsewhere in the document (a portal) count as the component's node. */
export function standFor(part: HTMLElement, node: ViewNode): void {
  (part as WithViewNode)[viewNode] = node;
}

/** The record of a DOM node that the logic side drew; undefined for a part that a component drew. */
export function viewNodeOf(dom: Node): ViewNode | undefined {
  return (dom as WithViewNode)[viewNode];
}

/** The nearest element record at or above a DOM node: what an event on that DOM node is about. */
export function nearestViewNode(dom: EventTarget | null): ViewNode | null {
  for (let at: Node | null = dom instanceof Node ? dom : null; at !== null; at = at.parentNode) {
    const found = viewNodeOf(at);
    if (found !== undefined && at instanceof HTMLElement) return found;
  }
  return null;
}
