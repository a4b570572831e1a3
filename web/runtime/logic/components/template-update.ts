/**
 * Runs a compiled template over the nodes that it made, faster than glass-easel does, with the same result:
 *
 * - glass-easel makes six functions for each node that has children; here one set of them moves a cursor;
 * - class names that are as they were are not taken apart again;
 * - of a list that did not change only those parts of each item run that read what did (`list-update.ts`);
 * - of a list that was replaced those items are left alone that are as they were (`list-replace.ts`).
 *
 * What makes or moves nodes is glass-easel's own code. The hooks are its internals (0.12.1, `template-code.ts`); where
 * one is missing, updates go the usual way.
 */
import { type GeneralComponent, Component as TreeComponent } from 'glass-easel';
import { prepareReplacement } from './list-replace';
import { type ListPart, updateList } from './list-update';
import type { Changes, Children, Definers, TreeNode, UpdateWrapper } from './template-code';

export function speedUpUpdates(wrapper: UpdateWrapper): void {
  const { update, handleChildrenUpdate, dynamicSlotUpdate } = wrapper;
  if ([update, handleChildrenUpdate, dynamicSlotUpdate].some((hook) => typeof hook !== 'function')) return;
  const run = new TemplateUpdate(wrapper, handleChildrenUpdate);
  wrapper.update = (data, changes) => run.within(data, changes, () => update.call(wrapper, data, changes));
  wrapper.handleChildrenUpdate = (children, parent, slot, slotName) => {
    if (slot === undefined) run.children(children, parent);
    else handleChildrenUpdate.call(wrapper, children, parent, slot, slotName);
  };
  wrapper.c = withoutRepetition(wrapper.c);
}

const lastNames = Symbol('class names that the template set last');

function withoutRepetition(set: UpdateWrapper['c']): UpdateWrapper['c'] {
  return (element, names) => {
    const noted = element as { [lastNames]?: unknown };
    if (typeof names === 'string' && noted[lastNames] === names) return;
    noted[lastNames] = names;
    set(element, names);
  };
}

export class TemplateUpdate {
  /** Fields of the data that change; undefined where that is not known. */
  names: ReadonlySet<string> | undefined;
  /** What the template is given. */
  data: Readonly<Record<string, unknown>> = {};
  /** Values that fields had when all that reads them was last run; of fields that hold no objects. */
  readonly settled = new Map<string, unknown>();
  private nodes: readonly TreeNode[] = [];
  private index = 0;
  private parent: TreeNode | undefined;
  private running = false;
  /** An update ended in an error: what nodes show may be older than what lists know of them. */
  failed = false;
  /** How many lists the cursor is in: what an inner list's items read of an outer item can't be told from the source. */
  private listDepth = 0;

  constructor(
    readonly wrapper: UpdateWrapper,
    private readonly usual: UpdateWrapper['handleChildrenUpdate'],
  ) {}

  /** Runs `work` with the changes known. An observer may start a second update meanwhile. */
  within(data: unknown, changes: Changes, work: () => void): void {
    const { names, listDepth } = this;
    this.data = data as Record<string, unknown>;
    this.names = typeof changes === 'object' ? new Set(Object.keys(changes)) : undefined;
    this.listDepth = 0;
    // What the update around this one has not run yet is of no known state.
    if (this.running) this.settled.clear();
    const { running } = this;
    this.running = true;
    let done = false;
    try {
      work();
      done = true;
    } finally {
      this.failed ||= !done;
      if (done && !running) this.settle();
      else this.settled.clear();
      this.running = running;
      this.names = names;
      this.listDepth = listDepth;
    }
  }

  private settle(): void {
    if (this.names === undefined) this.settled.clear();
    else for (const name of this.names) this.note(name, this.data[name]);
  }

  private note(name: string, value: unknown): void {
    if (typeof value === 'object' && value !== null) this.settled.delete(name);
    else this.settled.set(name, value);
  }

  children(children: Children, parent: TreeNode): void {
    const { nodes, index, parent: before } = this;
    this.enter(parent);
    const [text, element, branch, list, slot, group] = this.definers;
    try {
      children(false, text, element, branch, list, slot, group, undefined, undefined);
    } finally {
      this.nodes = nodes;
      this.index = index;
      this.parent = before;
    }
  }

  /** Runs a list's item at `index`; what changes of it is in `changes`. */
  item(node: TreeNode, { list, path, item }: ListPart, at: number, changes: Changes, definers: Definers): void {
    const { nodes, index, parent } = this;
    this.enter(node);
    this.listDepth += 1;
    const [text, element, branch, inner, slot, group] = definers;
    const itemPath = path === null ? null : [...path, at];
    try {
      item(false, list[at], at, changes, undefined, itemPath, text, element, branch, inner, slot, group);
    } finally {
      this.nodes = nodes;
      this.index = index;
      this.parent = parent;
      this.listDepth -= 1;
    }
  }

  /** Puts the cursor before the first child. */
  private enter(parent: TreeNode): void {
    this.nodes = parent.childNodes;
    this.index = 0;
    this.parent = parent;
  }

  next(): TreeNode | undefined {
    const node = this.nodes[this.index];
    this.index += 1;
    return node;
  }

  readonly definers: Definers = [
    (content) => {
      const node = this.next();
      if (node !== undefined && content !== undefined) node.textContent = content;
    },
    (_tag, _generics, initialize, children, slot, slotValueNames) => {
      const node = this.next();
      if (node === undefined) return;
      initialize(node, false);
      const hasDynamicSlots = isComponent(node) && this.updateComponent(node, slotValueNames, children);
      if (slot !== undefined) node.slot = slot;
      if (!hasDynamicSlots) this.children(children, node);
    },
    (key, children) => {
      const node = this.nodes[this.index];
      if (node === undefined || node._$wxTmplArgs?.key !== key) {
        this.hand((define) => define[2](key, children));
        return;
      }
      this.index += 1;
      this.children(children, node);
    },
    (list, key, changes, path, item) => {
      const node = this.nodes[this.index];
      if (node !== undefined && this.names !== undefined && this.listDepth === 0) {
        if (updateList(this, node, { list, changes, path, item }, this.names)) {
          this.index += 1;
          return;
        }
        prepareReplacement(this, node, { list, changes, path, item }, this.names);
      }
      this.listDepth += 1;
      try {
        this.hand((define) => define[3](list, key, changes, path, item));
      } finally {
        this.listDepth -= 1;
      }
    },
    (...parameters) => this.hand((define) => define[4](...parameters)),
    (children, slot) => {
      const node = this.nodes[this.index];
      if (node === undefined || slot !== undefined) {
        this.hand((define) => define[5](children, slot));
        return;
      }
      this.index += 1;
      this.children(children, node);
    },
  ];

  private updateComponent(
    node: TreeNode & GeneralComponent,
    slotValueNames: string[] | undefined,
    children: Children,
  ): boolean {
    const root = this.wrapper.dynamicSlotUpdate(node, slotValueNames, children);
    if (node.hasPendingChanges()) TreeComponent.getDataProxy(node).applyDataUpdates(true);
    root?.applySlotUpdates();
    return root !== null;
  }

  /** Hands one node over to glass-easel, as if it were an only child. */
  private hand(define: (definers: Definers) => void): void {
    const { index, nodes, parent } = this;
    const node = this.next();
    if (node === undefined) return;
    const alone = {
      childNodes: [nodes[index]],
      replaceChildAt: (replacement: unknown) => (parent as unknown as Replaceable).replaceChildAt(replacement, index),
    };
    const children: Children = (_isCreation, ...rest) => define(rest.slice(0, 6) as unknown as Definers);
    this.usual.call(this.wrapper, children, alone as never, undefined, undefined);
  }
}

interface Replaceable {
  replaceChildAt(replacement: unknown, index: number): void;
}

const isComponent = (node: TreeNode): node is TreeNode & GeneralComponent => TreeComponent.isComponent(node);
