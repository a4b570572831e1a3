/**
 * Lists that an app replaces as a whole (`setData({ rows })`), mostly by one that is much the same. glass-easel runs
 * every item's part of the template then. Here items with the same key and the same plain values are left alone, where
 * running them again would change nothing; so are they while others come at one place, go at one place, or two of them
 * change places. Anything else is left to glass-easel's comparison.
 */
import { removeItems } from './list-removal';
import { isOwnList, type ListPart } from './list-update';
import type { DefineItem, ListManager, MakeItem, TreeNode, UpdateWrapper } from './template-code';
import { readsAnyOf } from './template-reads';
import type { TemplateUpdate } from './template-update';

/** Makes the list's next comparison ours, where that is safe. */
export function prepareReplacement(
  update: TemplateUpdate,
  node: TreeNode,
  part: ListPart<unknown>,
  names: ReadonlySet<string>,
): void {
  const manager = node._$wxTmplArgs?.keyList;
  if (manager === undefined || part.changes !== true || !isOwnList(part) || manager.indexes !== null) return;
  const tags = nativeTags(part.item, update.wrapper);
  if (tags === undefined) return;
  // Nothing of an emptied list runs again.
  const runsAgain = part.list.length > 0;
  if (runsAgain && (update.failed || readsAnyOf(part.item, names) || !tags.every((tag) => plainTags.has(tag)))) return;
  const usual = (Object.getPrototypeOf(manager) as ListManager).diff;
  manager.diff = (list, changes, element, make, ...more) => {
    manager.diff = usual;
    if (!replaceItems(update, element, part, make)) manager.diff(list, changes, element, make, ...more);
  };
}

/**
 * Tags whose attributes may be set again to what they are, and nothing happens: an item of these that runs again with the
 * same plain values changes nothing.
 */
const plainTags = new Set([
  'view', 'text', 'image', 'icon', 'label', 'button', 'navigator', 'cover-view', 'cover-image', 'rich-text', 'progress',
]); // biome-ignore format: one list

const tagsKnown = new Map<string, readonly string[] | undefined>();

/** Tags of an item's part of the template; undefined where components, slots, other templates or watching scripts are in it. */
function nativeTags(item: DefineItem, { shadowRoot }: UpdateWrapper): readonly string[] | undefined {
  const source = Function.prototype.toString.call(item);
  if (!tagsKnown.has(source)) tagsKnown.set(source, tagsOf(source));
  const tags = tagsKnown.get(source);
  return tags?.every((tag) => shadowRoot.checkComponentPlaceholder(tag) === undefined) ? tags : undefined;
}

function tagsOf(source: string): string[] | undefined {
  if (/(?<![\w$.])(?:[SJIVW](?![\w$])|R\.(?:p|wl)\()/.test(source)) return undefined;
  return [...source.matchAll(/(?<![\w$.])E\("([^"\\]*)",/g)].map(([, tag]) => tag ?? '');
}

type Place = 'index' | 'indexChanged' | 'path';
const placeParameters: Record<Place, number> = { index: 2, indexChanged: 4, path: 5 };

/** By source: an item's function is made anew with each update, of the few texts that the templates have. */
const sameAnywhere = new Map<string, boolean>();

/** Whether an item's part of the template is the same wherever the item stands. */
function isSameAnywhere(item: DefineItem): boolean {
  const source = Function.prototype.toString.call(item);
  const known = sameAnywhere.get(source) ?? usesNoPlace(source);
  sameAnywhere.set(source, known);
  return known;
}

function usesNoPlace(source: string): boolean {
  const list = /^\(([^)]*)\)=>/.exec(source);
  const parameters = list?.[1]?.split(',');
  if (list === null || parameters === undefined) return false;
  const body = source.slice(list[0].length);
  return Object.values(placeParameters).every((at) => {
    const name = parameters[at];
    return (
      name === undefined || !new RegExp(`(?<![\\w$.])${name.replaceAll('$', String.raw`\$`)}(?![\\w$])`).test(body)
    );
  });
}

/** What became of a list, between a beginning and an end of which all keys are as they were. */
interface Difference {
  kind: 'none' | 'inserted' | 'removed' | 'swapped';
  start: number;
  oldEnd: number;
  newEnd: number;
}

function replaceItems(update: TemplateUpdate, element: TreeNode, part: ListPart, make: MakeItem): boolean {
  const manager = element._$wxTmplArgs?.keyList;
  if (manager === undefined || manager.sharedKeyMap !== undefined) return false;
  const { list } = part;
  const before = manager.items;
  const difference = differenceOf(manager, list);
  if (difference === undefined) return false;
  const { kind, start, oldEnd, newEnd } = difference;
  const movesItems = kind === 'swapped' || (kind !== 'none' && newEnd < list.length);
  if (movesItems && !isSameAnywhere(part.item)) return false;
  if (kind === 'inserted' && !areNewKeys(manager, list, start, newEnd)) return false;
  noteKeys(manager, list, difference);
  if (kind === 'inserted') {
    const made = list.slice(start, newEnd).map((item, at) => make(item, start + at));
    element.insertChildren(made, newEnd < list.length ? start : -1);
  } else if (kind === 'removed') removeItems(element, start, oldEnd - start);
  else if (kind === 'swapped') swapChildren(element, start, newEnd - 1);
  for (let at = kind === 'inserted' && start === 0 ? newEnd : 0; at < list.length; at += 1) {
    if (!isSame(before[placeBefore(difference, at)], list[at])) {
      const child = element.childNodes[at];
      if (child !== undefined) update.item(child, part, at, true, update.definers);
    }
    if (kind === 'inserted' && at === start - 1) at = newEnd - 1;
  }
  return true;
}

function differenceOf({ keyName, items }: ListManager, list: readonly unknown[]): Difference | undefined {
  const key = (item: unknown): unknown => {
    if (keyName === null) return undefined;
    return keyName === '*this' ? item : (item as Record<string, unknown> | null | undefined)?.[keyName];
  };
  let start = 0;
  let [oldEnd, newEnd] = [items.length, list.length];
  while (start < oldEnd && start < newEnd && key(items[start]) === key(list[start])) start += 1;
  while (oldEnd > start && newEnd > start && key(items[oldEnd - 1]) === key(list[newEnd - 1])) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  const found = (kind: Difference['kind']): Difference => ({ kind, start, oldEnd, newEnd });
  if (oldEnd === start) return found(newEnd === start ? 'none' : 'inserted');
  if (newEnd === start) return found('removed');
  if (oldEnd !== newEnd) return undefined;
  const last = newEnd - 1;
  if (key(items[start]) !== key(list[last]) || key(items[last]) !== key(list[start])) return undefined;
  for (let at = start + 1; at < last; at += 1) if (key(items[at]) !== key(list[at])) return undefined;
  return found('swapped');
}

/** Where an item that was there before stood. */
function placeBefore({ kind, start, oldEnd, newEnd }: Difference, at: number): number {
  if (kind === 'swapped') return at === start ? newEnd - 1 : at === newEnd - 1 ? start : at;
  return at < start ? at : at + oldEnd - newEnd;
}

/** Keys as glass-easel compares them. */
function rawKeyOf(keyName: string | null, item: unknown): string {
  const key = keyName === null || keyName === '*this' ? item : (item as Record<string, unknown> | null)?.[keyName];
  return String(key ?? '');
}

/** Whether no two items would have one key. */
function areNewKeys({ keyName, keyMap }: ListManager, list: readonly unknown[], start: number, end: number): boolean {
  if (keyName === null) return true;
  const keys = new Set<string>();
  for (let at = start; at < end; at += 1) {
    const key = rawKeyOf(keyName, list[at]);
    if (keyMap[key] !== undefined || keys.has(key)) return false;
    keys.add(key);
  }
  return true;
}

/** Keeps what glass-easel compares the next list with. */
function noteKeys(manager: ListManager, list: unknown[], { kind, start, newEnd }: Difference): void {
  const { keyName, keyMap, rawKeys } = manager;
  manager.items = list;
  if (kind === 'none') return;
  if (kind === 'swapped') {
    const last = newEnd - 1;
    [rawKeys[start], rawKeys[last]] = [rawKeys[last] as string, rawKeys[start] as string];
    for (const at of [start, last]) keyMap[rawKeys[at] as string] = at;
  } else if (kind === 'inserted' && keyName !== null && newEnd === list.length) {
    for (let at = start; at < newEnd; at += 1) {
      const key = rawKeyOf(keyName, list[at]);
      rawKeys.push(key);
      keyMap[key] = at;
    }
  } else manager.updateKeys(list);
}

function swapChildren(element: TreeNode, one: number, other: number): void {
  const [first, second] = [element.childNodes[one], element.childNodes[other]];
  if (first === undefined || second === undefined) return;
  element.insertChildAt(second, one);
  if (other > one + 1) element.insertChildAt(first, other + 1);
}

/** Whether two copies of an item hold the same plain values. What holds objects counts as changed. */
function isSame(before: unknown, now: unknown): boolean {
  if (typeof before !== 'object' || before === null) return before === now;
  if (typeof now !== 'object' || now === null || Array.isArray(before) !== Array.isArray(now)) return false;
  const [old, current] = [before as Record<string, unknown>, now as Record<string, unknown>];
  let members = 0;
  for (const name in old) {
    const value = old[name];
    if (value !== current[name] || (typeof value === 'object' && value !== null)) return false;
    members += 1;
  }
  for (const name in current) {
    if (current[name] !== old[name]) return false;
    members -= 1;
  }
  return members === 0;
}
