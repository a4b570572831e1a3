/**
 * All nodes of a page by id, with the caps on their number and depth, and the list of components that have to hear
 * what a batch changed: new ones (`connected`), ones that left the page (`disconnected`), ones whose children changed.
 */
import type { Component } from '../components/component';
import { limits } from '../protocol';
import { ViewNode, viewNodeOf } from './node';
import { Violation } from './violation';

export type ComponentFactory = (node: ViewNode, element: HTMLElement) => Component | null;

export class NodeTable {
  /** Set when a batch removed something, so that components are checked for having left the page. */
  removed = false;
  readonly #nodes: (ViewNode | undefined)[] = [];
  #count = 0;
  readonly #waiting = new Set<Component>();
  readonly #connected = new Set<Component>();
  readonly #changed = new Set<Component>();

  constructor(
    root: HTMLElement,
    private readonly makeComponent: ComponentFactory,
  ) {
    this.#add(1, 'page', root);
  }

  get(id: unknown): ViewNode {
    const node = typeof id === 'number' ? this.#nodes[id] : undefined;
    if (node === undefined) throw new Violation('operation', `there is no node ${String(id)}`);
    return node;
  }

  find(id: unknown): ViewNode | undefined {
    return typeof id === 'number' ? this.#nodes[id] : undefined;
  }

  createElement(id: unknown, tag: string): void {
    const name = elementName(tag);
    const element = document.createElement(name);
    const node = this.#add(id, name.slice(3), element);
    const component = this.makeComponent(node, element);
    if (component !== null) {
      node.component = component;
      node.container = component.container;
      this.#waiting.add(component);
    }
  }

  createText(id: unknown, text: string): void {
    const node = this.#add(id, '#text', document.createTextNode(text));
    if (hasLineBreaks(text)) node.rawText = text;
  }

  createFragment(id: unknown): void {
    this.#add(id, '#fragment', document.createDocumentFragment());
  }

  release(first: unknown, count: number): void {
    if (first === 1) throw new Violation('operation', 'the root cannot be released');
    for (let id = first as number, left = count; left > 0; id += 1, left -= 1) {
      this.get(id);
      this.#nodes[id] = undefined;
    }
    this.#count -= count;
  }

  /** A component made after its node (a text that turned out to need one). */
  upgrade(node: ViewNode, component: Component): void {
    node.component = component;
    node.container = component.container;
    this.#waiting.add(component);
    this.#changed.add(component);
  }

  changed(parent: ViewNode): void {
    if (parent.component !== null) this.#changed.add(parent.component);
  }

  /** Counts a child of the given height into its new ancestors. */
  raise(parent: ViewNode, childHeight: number): void {
    let height = childHeight + 1;
    for (let at: ViewNode | null = parent; at !== null && at.height < height; at = at.parent) {
      at.height = height;
      height += 1;
    }
    if (height > limits.depth) this.#checkDepth(parent);
  }

  /** Tells components what the batch meant for them. Called after each slice, before layout is measured. */
  settle(): void {
    for (const component of this.#waiting) {
      if (!component.host.isConnected) continue;
      this.#waiting.delete(component);
      this.#connected.add(component);
      this.#tell(component, () => component.connected());
    }
    if (this.removed) {
      this.removed = false;
      for (const component of this.#connected) {
        if (component.host.isConnected) continue;
        this.#connected.delete(component);
        this.#waiting.add(component);
        this.#tell(component, () => component.disconnected());
        if (this.#nodes[component.node.id] === undefined) this.#waiting.delete(component);
      }
    }
    for (const component of this.#changed) {
      this.#changed.delete(component);
      this.#tell(component, () => component.childrenChanged());
    }
  }

  /** Every component on the page now. */
  components(): Iterable<Component> {
    return this.#connected;
  }

  /** A built-in that fails is our fault and stops neither the page nor the other built-ins. */
  #tell(component: Component, what: () => void): void {
    try {
      what();
    } catch (error) {
      component.context.warn(`${component.node.tag} failed: ${String(error)}`);
    }
  }

  #add(id: unknown, tag: string, dom: HTMLElement | Text | DocumentFragment): ViewNode {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > 0x7fffffff) {
      throw new Violation('operation', `${String(id)} is no node id`);
    }
    if (this.#nodes[id] !== undefined) throw new Violation('operation', `node ${id} exists already`);
    if (this.#count >= limits.nodes) throw new Violation('limit', `more than ${limits.nodes} nodes`);
    const node = new ViewNode(id, tag, dom);
    this.#nodes[id] = node;
    this.#count += 1;
    return node;
  }

  /** Heights never shrink when nodes leave, so a limit that seems broken is counted again before it counts. */
  #checkDepth(at: ViewNode): void {
    let above = 0;
    let top = at;
    for (; top.parent !== null; top = top.parent) above += 1;
    let deepest = 0;
    const stack: [Node, number][] = [[at.dom, above]];
    for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
      const [dom, depth] = entry;
      const isDrawn = viewNodeOf(dom) !== undefined;
      deepest = Math.max(deepest, depth);
      if (deepest > limits.depth) throw new Violation('limit', `nodes nested more than ${limits.depth} deep`);
      for (let child = dom.firstChild; child !== null; child = child.nextSibling) {
        stack.push([child, isDrawn ? depth + 1 : depth]);
      }
    }
  }
}

/** `Van_Button` and `van-button` are drawn as `mz-van-button`: never an element that a browser knows. */
export function elementName(tag: string): string {
  const known = elementNames.get(tag);
  if (known !== undefined) return known;
  const name = `mz-${tag.toLowerCase().replace(/[^a-z0-9-]/g, '-')}`;
  if (elementNames.size < 4096) elementNames.set(tag, name);
  return name;
}

const elementNames = new Map<string, string>();

/** Line breaks that a maker wrote out as `\\n`; a `text` shows them as such. */
export function hasLineBreaks(text: string): boolean {
  return text.includes('\\n');
}
