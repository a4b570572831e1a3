/** A page frame for tests: applies the operations to a plain tree, acknowledges, and answers `invoke`. */
import { Operation, operandCount } from '../../protocol/operations';
import type { LogicToView, ViewEvent } from '../../protocol/page-port';
import { FakePort } from './fake-port';

export interface FakeNode {
  id: number;
  tag: string;
  text: string;
  classes: string;
  style: string;
  name: string;
  attributes: Record<string, unknown>;
  listeners: Record<string, number>;
  bindings: Set<string>;
  children: FakeNode[];
  parent: FakeNode | undefined;
}

export class FakeView {
  readonly port = new FakePort<LogicToView>();
  readonly nodes = new Map<number, FakeNode>();
  readonly root: FakeNode;
  /** Answers to `invoke` by method. */
  answers: Record<string, (node: number, args: unknown[]) => unknown> = {};
  acknowledging = true;
  private sequence = 0;

  constructor() {
    this.root = this.create(1, 'page', '');
    this.port.onPost = (message) => this.receive(message);
  }

  private receive(message: LogicToView): void {
    if (message.k === 'ops') {
      this.apply(message.ops);
      if (this.acknowledging && message.more !== true) queueMicrotask(() => this.acknowledge(message.seq));
    } else if (message.k === 'invoke') {
      const { id, node, method, args } = message;
      const answer = this.answers[method];
      const result = answer === undefined ? { error: `no method ${method}` } : { value: answer(node, args) };
      queueMicrotask(() => this.port.deliver({ k: 'result', id, ...result }));
    }
  }

  acknowledge(seq: number): void {
    this.port.deliver({ k: 'ack', seq });
  }

  /** Sends an event of a node as a page frame would. */
  fire(node: FakeNode, type: string, detail: Record<string, unknown> = {}, more: Partial<ViewEvent> = {}): void {
    this.sequence += 1;
    const event: ViewEvent = { node: node.id, type, detail, timeStamp: 1, seq: this.sequence, ...more };
    this.port.deliver({ k: 'event', event });
  }

  find(test: (node: FakeNode) => boolean): FakeNode {
    const found = [...this.all()].find(test);
    if (found === undefined) throw new Error(`no such node in ${this.markup()}`);
    return found;
  }

  byId(name: string): FakeNode {
    return this.find((node) => node.name === name);
  }

  *all(node: FakeNode = this.root): Generator<FakeNode> {
    yield node;
    for (const child of node.children) yield* this.all(child);
  }

  /** The tree as short markup: `<view.a><text>x</text></view>`. */
  markup(node: FakeNode = this.root): string {
    if (node.tag === '#text') return node.text;
    const classes = node.classes === '' ? '' : `.${node.classes.split(' ').join('.')}`;
    return `<${node.tag}${classes}>${node.children.map((child) => this.markup(child)).join('')}</${node.tag}>`;
  }

  private create(id: number, tag: string, text: string): FakeNode {
    const node: FakeNode = {
      id, tag, text, classes: '', style: '', name: '', attributes: {}, listeners: {}, bindings: new Set(), children: [],
      parent: undefined,
    }; // biome-ignore format: one object
    this.nodes.set(id, node);
    return node;
  }

  private node(id: unknown): FakeNode {
    const node = this.nodes.get(Number(id));
    if (node === undefined) throw new Error(`operation on node ${String(id)}, which does not exist`);
    return node;
  }

  private apply(operations: unknown[]): void {
    for (let place = 0; place < operations.length; ) {
      const code = operations[place] as number;
      const count = operandCount[code];
      if (count === undefined) throw new Error(`operation ${code} does not exist`);
      this.applyOne(code, operations.slice(place + 1, place + 1 + count));
      place += 1 + count;
    }
  }

  private applyOne(code: number, [first, second, third, fourth]: unknown[]): void {
    switch (code) {
      case Operation.createElement:
        this.create(Number(first), String(second), '');
        break;
      case Operation.createText:
        this.create(Number(first), '#text', String(second));
        break;
      case Operation.createFragment:
        this.create(Number(first), '#fragment', '');
        break;
      case Operation.appendChild:
        this.insert(this.node(first), this.node(first).children.length, [this.node(second)]);
        break;
      case Operation.removeChild:
        this.detach(this.node(second));
        break;
      case Operation.insertBefore:
        this.insert(this.node(first), this.indexOf(first, third), [this.node(second)]);
        break;
      case Operation.replaceChild:
        this.insert(this.node(first), this.indexOf(first, third), [this.node(second)]);
        this.detach(this.node(third));
        break;
      case Operation.spliceBefore: {
        const parent = this.node(first);
        const index = this.indexOf(first, second);
        for (const child of parent.children.slice(index, index + Number(third))) this.detach(child);
        this.insert(parent, index, [...this.node(fourth).children]);
        break;
      }
      case Operation.spliceAppend:
        this.insert(this.node(first), this.node(first).children.length, [...this.node(second).children]);
        break;
      case Operation.spliceRemove: {
        const index = this.indexOf(first, second);
        for (const child of this.node(first).children.slice(index, index + Number(third))) this.detach(child);
        break;
      }
      case Operation.release:
        for (let id = Number(first); id < Number(first) + Number(second); id += 1) this.nodes.delete(id);
        break;
      default:
        this.applyMember(code, this.node(first), second, third);
    }
  }

  private applyMember(code: number, node: FakeNode, second: unknown, third: unknown): void {
    switch (code) {
      case Operation.setText:
        node.text = String(second);
        break;
      case Operation.setId:
        node.name = String(second);
        break;
      case Operation.setClass:
        node.classes = String(second);
        break;
      case Operation.setStyle:
        node.style = String(second);
        break;
      case Operation.setAttribute:
        node.attributes[String(second)] = third;
        break;
      case Operation.removeAttribute:
        delete node.attributes[String(second)];
        break;
      case Operation.setListener:
        node.listeners[String(second)] = Number(third);
        break;
      case Operation.setModelBinding:
        node.bindings.add(String(second));
        break;
    }
  }

  private indexOf(parent: unknown, child: unknown): number {
    const index = this.node(parent).children.indexOf(this.node(child));
    if (index < 0) throw new Error(`node ${String(child)} is not a child of ${String(parent)}`);
    return index;
  }

  private insert(parent: FakeNode, index: number, children: FakeNode[]): void {
    const before = parent.children[index];
    for (const child of children) this.detach(child);
    const place = before === undefined ? parent.children.length : parent.children.indexOf(before);
    parent.children.splice(place, 0, ...children);
    for (const child of children) child.parent = parent;
  }

  private detach(child: FakeNode): void {
    if (child.parent === undefined) return;
    child.parent.children = child.parent.children.filter((other) => other !== child);
    child.parent = undefined;
  }
}
