/**
 * Lists of which most stays as it is. glass-easel compares all keys of a list and runs every item's whole part of the
 * template, however little changed. Here, where that is safe:
 *
 * - a change by path (`rows[7].label`) that leaves length, order and keys as they are runs the items that it names;
 * - a change beside a list (`selected`) runs of each item what reads the fields that changed, and only the items that
 *   it chooses where they do nothing but compare themselves with it (`list-comparisons.ts`).
 *
 * Safe is a list of the component's own data that stands in no other list: what an inner list reads of an outer item
 * can't be told from the source.
 */
import { Component as TreeComponent } from 'glass-easel';
import { comparisonsWith, itemsChosenAnew } from './list-comparisons';
import type { Changes, Children, DefineItem, Definers, ListManager, TreeNode } from './template-code';
import { readsAnyOf } from './template-reads';
import type { TemplateUpdate } from './template-update';

/** A list of a template as it is run. */
export interface ListPart<List = unknown[]> {
  list: List;
  changes: Changes;
  path: unknown[] | null;
  item: DefineItem;
}

/** Updates a list, or answers that it has to go the usual way. */
export function updateList(
  update: TemplateUpdate,
  node: TreeNode,
  part: ListPart<unknown>,
  names: ReadonlySet<string>,
): boolean {
  const manager = node._$wxTmplArgs?.keyList;
  if (manager === undefined || manager.indexes !== null || !isOwnList(part)) return false;
  if (manager.rawKeys.length !== part.list.length) return false;
  if (part.changes === undefined) return manager.items === part.list && updateInPlace(update, node, part, names);
  if (!staysInPlace(manager, part) || readsAnyOf(part.item, names)) return false;
  manager.items = part.list;
  for (const key of Object.keys(part.changes)) {
    const child = node.childNodes[Number(key)];
    if (child !== undefined) update.item(child, part, Number(key), part.changes[key], update.definers);
  }
  return true;
}

/** Runs what reads the changed fields in each item of a list that is the same as before. */
function updateInPlace(update: TemplateUpdate, node: TreeNode, part: ListPart, names: ReadonlySet<string>): boolean {
  const first = node.childNodes[0];
  if (first === undefined || !readsAnyOf(part.item, names)) return true;
  const comparisons = comparisonsWith(part.item, names);
  if (comparisons?.every(({ field }) => update.settled.has(field))) {
    for (const index of itemsChosenAnew(part.list, comparisons, update.settled, update.data)) {
      const child = node.childNodes[index];
      if (child !== undefined) update.item(child, part, index, undefined, update.definers);
    }
    return true;
  }
  const plan = planOf(part, first, names);
  if (plan === 'all') return false;
  const items = new ItemUpdate(update, plan);
  for (let index = 0; index < part.list.length; index += 1) {
    const child = node.childNodes[index];
    if (child === undefined) continue;
    items.begin();
    update.item(child, part, index, undefined, items.definers);
  }
  return true;
}

/** What is to run of an element: what it has itself, what is in it, both or nothing. */
interface PlannedElement {
  initialize: boolean;
  children: boolean;
}

/** Finds the parts of an item that read the fields; `all` where it holds more than plain elements and texts. */
function planOf({ list, path, item }: ListPart, node: TreeNode, names: ReadonlySet<string>): PlannedElement[] | 'all' {
  const reader = new Reader(names);
  const elements = reader.read(node, (definers) => item(false, list[0], 0, undefined, undefined, path, ...definers));
  return reader.isPlain ? elements : 'all';
}

/** Goes through an item's part of the template without changing anything. */
class Reader {
  isPlain = true;

  constructor(private readonly names: ReadonlySet<string>) {}

  read(parent: TreeNode, define: (definers: Definers) => void): PlannedElement[] {
    const elements: PlannedElement[] = [];
    let index = 0;
    const other = () => {
      this.isPlain = false;
    };
    define([
      () => {
        index += 1;
      },
      (_tag, _generics, initialize, children, slot) => {
        const node = parent.childNodes[index];
        index += 1;
        if (node === undefined || slot !== undefined || TreeComponent.isComponent(node)) return other();
        elements.push({ initialize: readsAnyOf(initialize, this.names), children: this.readsWithin(node, children) });
      },
      other,
      other,
      other,
      other,
    ]);
    return elements;
  }

  private readsWithin(node: TreeNode, children: Children): boolean {
    const inner = this.read(node, (definers) => children(false, ...definers, undefined, undefined));
    return readsAnyOf(children, this.names) || inner.some((element) => element.initialize || element.children);
  }
}

/** The definers that an item is run with: they follow the plan. */
class ItemUpdate {
  private at = 0;
  readonly definers: Definers;

  constructor(update: TemplateUpdate, plan: readonly PlannedElement[]) {
    this.definers = [...update.definers];
    this.definers[1] = (_tag, _generics, initialize, children) => {
      const node = update.next();
      const planned = plan[this.at];
      this.at += 1;
      if (node === undefined || planned === undefined) return;
      if (planned.initialize) initialize(node, false);
      if (planned.children) update.children(children, node);
    };
  }

  begin(): void {
    this.at = 0;
  }
}

/** A list of the component's own data (`rows`, `state.rows`), not one inside an item of another list. */
export function isOwnList(part: ListPart<unknown>): part is ListPart {
  const { list, path } = part;
  return Array.isArray(list) && path?.[0] === 0 && path.slice(1).every((name) => typeof name === 'string');
}

type ChangedItems = ListPart & { changes: { [index: string]: Changes } };

/** Whether the changes leave order and keys of the list as they are. */
function staysInPlace({ keyName }: ListManager, part: ListPart): part is ChangedItems {
  const { list, changes } = part;
  if (typeof changes !== 'object' || Array.isArray(Object.getPrototypeOf(changes))) return false;
  return Object.entries(changes).every(([index, tree]) => {
    if (!/^\d+$/.test(index) || Number(index) >= list.length) return false;
    if (keyName === null) return true;
    return typeof tree === 'object' && keyName !== '*this' && tree[keyName] === undefined;
  });
}
