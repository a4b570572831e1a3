/**
 * Applies drawing operations to the DOM (protocol/operations.ts). It trusts nothing in a batch: every operand is
 * checked, unknown nodes and broken limits end in a `Violation`. Nothing here sets HTML, and no element is made
 * whose name does not start with `mz-`.
 */
import { limits, Operation, operandCount } from '../protocol';
import type { AttributeWriter } from './attributes';
import type { ListenerTable } from './events/listeners';
import { type ViewNode, viewNodeOf } from './node';
import { hasLineBreaks, type NodeTable } from './node-table';
import type { InlineStyles } from './style/inline';
import { Violation } from './violation';

export interface ApplierParts {
  nodes: NodeTable;
  attributes: AttributeWriter;
  styles: InlineStyles;
  listeners: ListenerTable;
}

/** Where application of a batch stands; a batch is applied in slices. */
export interface Progress {
  ops: readonly unknown[];
  at: number;
}

/** How many operations are applied between two looks at the clock. */
const operationsBetweenClockReads = 64;

export class OperationApplier {
  readonly #nodes: NodeTable;
  readonly #attributes: AttributeWriter;
  readonly #styles: InlineStyles;
  readonly #listeners: ListenerTable;

  constructor(parts: ApplierParts) {
    this.#nodes = parts.nodes;
    this.#attributes = parts.attributes;
    this.#styles = parts.styles;
    this.#listeners = parts.listeners;
  }

  /** Applies operations until the batch or the time is up; true when the batch is done. */
  apply(progress: Progress, deadline: () => boolean): boolean {
    const { ops } = progress;
    let untilClock = operationsBetweenClockReads;
    while (progress.at < ops.length) {
      const code = ops[progress.at];
      const count = typeof code === 'number' ? operandCount[code] : undefined;
      if (count === undefined || code === 0) throw new Violation('operation', `unknown operation ${String(code)}`);
      if (progress.at + count >= ops.length) throw new Violation('operation', `operation ${code} lacks operands`);
      this.#one(code as number, ops, progress.at + 1);
      progress.at += count + 1;
      untilClock -= code === Operation.spliceRemove ? (ops[progress.at - 1] as number) : 1;
      if (untilClock <= 0) {
        if (progress.at < ops.length && deadline()) return false;
        untilClock = operationsBetweenClockReads;
      }
    }
    return true;
  }

  #one(code: number, ops: readonly unknown[], at: number): void {
    switch (code) {
      case Operation.createElement:
        this.#nodes.createElement(ops[at], text(ops[at + 1], 128, 'tag'));
        return;
      case Operation.createText:
        this.#nodes.createText(ops[at], text(ops[at + 1], limits.textLength, 'text'));
        return;
      case Operation.createFragment:
        this.#nodes.createFragment(ops[at]);
        return;
      case Operation.appendChild:
        this.#insert(this.#parent(ops[at]), this.#node(ops[at + 1]), null);
        return;
      case Operation.removeChild:
        this.#remove(this.#parent(ops[at]), this.#node(ops[at + 1]));
        return;
      case Operation.insertBefore: {
        const parent = this.#parent(ops[at]);
        this.#insert(parent, this.#node(ops[at + 1]), this.#childOf(parent, ops[at + 2]));
        return;
      }
      case Operation.replaceChild: {
        const parent = this.#parent(ops[at]);
        const old = this.#childOf(parent, ops[at + 2]);
        this.#insert(parent, this.#node(ops[at + 1]), old);
        this.#remove(parent, old);
        return;
      }
      case Operation.spliceBefore: {
        const parent = this.#parent(ops[at]);
        const before = this.#childOf(parent, ops[at + 1]);
        this.#insert(parent, this.#fragment(ops[at + 3]), before);
        this.#removeFrom(parent, before, integer(ops[at + 2], 'delete count'));
        return;
      }
      case Operation.spliceAppend:
        this.#insert(this.#parent(ops[at]), this.#fragment(ops[at + 1]), null);
        return;
      case Operation.spliceRemove: {
        const parent = this.#parent(ops[at]);
        this.#removeFrom(parent, this.#childOf(parent, ops[at + 1]), integer(ops[at + 2], 'delete count'));
        return;
      }
      case Operation.release:
        this.#nodes.release(ops[at], integer(ops[at + 1], 'count'));
        return;
      default:
        this.#change(code, this.#node(ops[at]), ops, at);
        return;
    }
  }

  #change(code: number, node: ViewNode, ops: readonly unknown[], at: number): void {
    switch (code) {
      case Operation.setText: {
        const value = text(ops[at + 1], limits.textLength, 'text');
        if (!(node.dom instanceof Text)) throw new Violation('operation', `node ${node.id} is not a text`);
        if (node.rawText !== null) node.rawText = value;
        else if (hasLineBreaks(value)) {
          node.rawText = value;
          if (node.parent !== null) this.#attributes.upgradeText(node.parent);
        }
        node.dom.data = value;
        if (node.parent?.component) this.#nodes.changed(node.parent);
        return;
      }
      case Operation.setId:
        this.#element(node).id = text(ops[at + 1], limits.classLength, 'id');
        return;
      case Operation.setClass: {
        const value = text(ops[at + 1], limits.classLength, 'class');
        node.setClass(this.#element(node), value);
        node.component?.classChanged();
        return;
      }
      case Operation.setStyle:
        this.#styles.set(node, this.#element(node), text(ops[at + 1], limits.styleLength, 'style'));
        return;
      case Operation.setAttribute: {
        const name = text(ops[at + 1], limits.attributeNameLength, 'attribute name');
        const lastEvent = ops[at + 3];
        this.#attributes.set(
          node,
          this.#element(node),
          name,
          ops[at + 2],
          typeof lastEvent === 'number' ? lastEvent : 0,
        );
        return;
      }
      case Operation.removeAttribute:
        this.#attributes.remove(
          node,
          this.#element(node),
          text(ops[at + 1], limits.attributeNameLength, 'attribute name'),
        );
        return;
      case Operation.setListener:
        this.#listeners.set(
          node,
          this.#element(node),
          text(ops[at + 1], 128, 'event type'),
          integer(ops[at + 2], 'flags'),
        );
        return;
      case Operation.setModelBinding: {
        const name = text(ops[at + 1], limits.attributeNameLength, 'attribute name');
        node.models ??= new Set();
        if (ops[at + 2]) node.models.add(name);
        else node.models.delete(name);
        return;
      }
    }
  }

  #insert(parent: ViewNode, child: ViewNode, before: ViewNode | null): void {
    if (child === before) return;
    const from = child.parent;
    let height = child.height;
    let escaped = child.rawText !== null;
    if (child.dom instanceof DocumentFragment) {
      for (let at = child.dom.firstChild; at !== null; at = at.nextSibling) {
        const moved = viewNodeOf(at);
        if (moved === undefined) continue;
        moved.parent = parent;
        escaped ||= moved.rawText !== null;
      }
      height -= 1;
      child.height = 0;
    }
    // The DOM refuses a node that would go into itself, before any bookkeeping could run in a circle.
    parent.container.insertBefore(child.dom, before === null ? null : before.dom);
    if (!(child.dom instanceof DocumentFragment)) child.parent = parent;
    if (escaped) this.#attributes.upgradeText(parent);
    if (height >= 0) this.#nodes.raise(parent, height);
    if (from !== null && from !== parent) this.#nodes.changed(from);
    this.#nodes.changed(parent);
  }

  #remove(parent: ViewNode, child: ViewNode): void {
    if (child.parent !== parent) throw new Violation('operation', `node ${child.id} is no child of ${parent.id}`);
    parent.container.removeChild(child.dom);
    child.parent = null;
    this.#nodes.removed = true;
    this.#nodes.changed(parent);
  }

  #removeFrom(parent: ViewNode, first: ViewNode, count: number): void {
    let next: Node | null = first.dom;
    for (let left = count; left > 0 && next !== null; left -= 1) {
      const following: Node | null = next.nextSibling;
      const node = viewNodeOf(next);
      if (node !== undefined) this.#remove(parent, node);
      next = following;
    }
  }

  #node(id: unknown): ViewNode {
    return this.#nodes.get(id);
  }

  #parent(id: unknown): ViewNode {
    const node = this.#nodes.get(id);
    if (node.dom instanceof Text) throw new Violation('operation', `text ${node.id} has no children`);
    return node;
  }

  #childOf(parent: ViewNode, id: unknown): ViewNode {
    const node = this.#nodes.get(id);
    if (node.parent !== parent) throw new Violation('operation', `node ${node.id} is no child of ${parent.id}`);
    return node;
  }

  #fragment(id: unknown): ViewNode {
    const node = this.#nodes.get(id);
    if (!(node.dom instanceof DocumentFragment)) throw new Violation('operation', `node ${node.id} is no fragment`);
    return node;
  }

  #element(node: ViewNode): HTMLElement {
    if (node.dom instanceof HTMLElement) return node.dom;
    throw new Violation('operation', `node ${node.id} is no element`);
  }
}

function text(value: unknown, limit: number, what: string): string {
  if (typeof value !== 'string') throw new Violation('operation', `${what} is not a text`);
  if (value.length > limit) throw new Violation('limit', `a ${what} of ${value.length} characters, ${limit} allowed`);
  return value;
}

function integer(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Violation('operation', `${what} is not a count`);
}
