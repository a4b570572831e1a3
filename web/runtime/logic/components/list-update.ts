/**
 * Makes small changes in long lists cheap. When data changes by path (`rows[7].label`), glass-easel compares all keys
 * of the list and runs every item's part of the template, 3 ms for 2,000 rows. Here the items that the change does
 * not reach are left alone, where that is safe:
 *
 * - the path changes neither the list's length nor an item's key, so the items stay where they are;
 * - the items' part of the template reads nothing of the page's data that changed, apart from the item. What it reads
 *   is found in the compiled template's source, where the data is always `D` and the tree of changes always `U`.
 *
 * The hooks are glass-easel's internals (0.12.1); where one is missing, updates go the usual way.
 */

type Tree = true | { [name: string]: Tree } | undefined;
type Definer = (...args: never[]) => void;
type Children = (isCreation: boolean, ...definers: Definer[]) => void;
type DefineFor = (list: unknown, key: string | null, changes: Tree, path: unknown, item: Definer) => void;
type UpdateItem = (item: unknown, index: number, changes: Tree, indexChanged: boolean, node: unknown) => void;

interface ListManager {
  keyName: string | null;
  rawKeys: string[];
  items: unknown[];
  indexes: unknown[] | null;
  diff(list: unknown, changes: Tree, element: ListElement, create: unknown, update: UpdateItem): void;
}

interface ListElement {
  childNodes: unknown[];
}

/** The part of glass-easel's `ProcGenWrapper` that is used. */
export interface UpdateWrapper {
  update(data: unknown, changes: Tree): void;
  handleChildrenUpdate(children: Children, parent: ListElement, slot: unknown, slotName: unknown): void;
}

/** Position of the definer of `wx:for` among those a compiled template is called with, after `isCreation`. */
const forDefiner = 3;

/** Set while a list whose unreached items may be left alone is being updated. */
let reachedOnly = false;
let patched = false;

export function speedUpLists(wrapper: UpdateWrapper): void {
  if (typeof wrapper.update !== 'function' || typeof wrapper.handleChildrenUpdate !== 'function') return;
  const update = wrapper.update;
  const handle = wrapper.handleChildrenUpdate;
  let changed: Set<string> | undefined;
  wrapper.update = function updateByPath(data, changes) {
    changed = isPathChange(changes) ? new Set(Object.keys(changes)) : undefined;
    try {
      update.call(this, data, changes);
    } finally {
      changed = undefined;
    }
  };
  wrapper.handleChildrenUpdate = function handleByPath(children, parent, slot, slotName) {
    const names = changed;
    if (names === undefined) {
      handle.call(this, children, parent, slot, slotName);
      return;
    }
    if (!patched) patchManager(parent);
    const watched: Children = (isCreation, ...definers) => {
      const define = definers[forDefiner] as DefineFor | undefined;
      if (define !== undefined) {
        const wrapped: DefineFor = (list, key, changes, path, item) => {
          reachedOnly = isOwnList(path) && readsNoneOf(item, names);
          define(list, key, changes, path, item);
          reachedOnly = false;
        };
        definers[forDefiner] = wrapped as Definer;
      }
      children(isCreation, ...definers);
    };
    handle.call(this, watched, parent, slot, slotName);
  };
}

/** Whether something in the tree changed below the first level: a whole field that is new is updated as usual. */
function isPathChange(changes: Tree): changes is { [name: string]: Tree } {
  if (typeof changes !== 'object') return false;
  return Object.values(changes).some((tree) => typeof tree === 'object');
}

/** A list of the component's own data (`rows`, `state.rows`), not one inside an item of another list. */
function isOwnList(path: unknown): boolean {
  return Array.isArray(path) && path[0] === 0 && path.slice(1).every((part) => typeof part === 'string');
}

const reads = new Map<string, Set<string> | 'unknown'>();

function readsNoneOf(item: Definer, names: ReadonlySet<string>): boolean {
  const source = Function.prototype.toString.call(item);
  let fields = reads.get(source);
  if (fields === undefined) {
    fields = fieldsRead(source);
    reads.set(source, fields);
  }
  if (fields === 'unknown') return false;
  for (const name of names) if (fields.has(name)) return false;
  return true;
}

/** Names of the data fields that compiled template code reads, or `unknown` where it hands the data on as a whole. */
export function fieldsRead(source: string): Set<string> | 'unknown' {
  const fields = new Set<string>();
  // `V` and `W` are the values that a slot passes in: they change apart from the data.
  if (/(?<![\w$.])[VW](?![\w$])/.test(source)) return 'unknown';
  for (const match of source.matchAll(/(?<![\w$.])[DU](?![\w$])(?:\.([\w$]+)|\["([^"\\]*)"\])?/g)) {
    const name = match[1] ?? match[2];
    if (name !== undefined) {
      fields.add(name);
      continue;
    }
    // `U?U.rows:undefined` asks whether there is a tree at all; `{D:1}` is a member's name.
    const next = source[match.index + 1];
    const isMember = next === ':' && /[{,]/.test(source[match.index - 1] ?? '');
    if (next !== '?' && !isMember) return 'unknown';
  }
  return fields;
}

function patchManager(parent: ListElement): void {
  for (const node of parent.childNodes) {
    const manager = (node as { _$wxTmplArgs?: { keyList?: ListManager } })._$wxTmplArgs?.keyList;
    if (manager === undefined) continue;
    patched = true;
    const prototype = Object.getPrototypeOf(manager) as ListManager;
    const diff = prototype.diff;
    prototype.diff = function diffReached(list, changes, element, create, update) {
      const may = reachedOnly;
      reachedOnly = false;
      if (!may || !Array.isArray(list) || !staysInPlace(this, list, changes)) {
        diff.call(this, list, changes, element, create, update);
        return;
      }
      this.items = list;
      for (const key of Object.keys(changes)) {
        const index = Number(key);
        update(list[index], index, changes[key], false, element.childNodes[index]);
      }
    };
    return;
  }
}

/** Whether the changes leave length, order and keys of the list as they are. */
function staysInPlace(manager: ListManager, list: unknown[], changes: Tree): changes is { [index: string]: Tree } {
  if (manager.indexes !== null || list.length !== manager.rawKeys.length) return false;
  if (typeof changes !== 'object' || Array.isArray(Object.getPrototypeOf(changes))) return false;
  const { keyName } = manager;
  return Object.entries(changes).every(([index, tree]) => {
    if (!/^\d+$/.test(index) || Number(index) >= list.length) return false;
    if (keyName === null) return true;
    return typeof tree === 'object' && keyName !== '*this' && tree[keyName] === undefined;
  });
}
