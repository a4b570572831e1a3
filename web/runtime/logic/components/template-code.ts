/** The shape of what glass-easel's compiler makes of a template, and of the parts of glass-easel (0.12.1) that run it. */

/** What changed: everything, nothing, or what stands below each name. */
export type Changes = true | { [name: string]: Changes } | undefined;

/** Sets what an element has of the template; on updates only what the changes reach. */
export type Initialize = (element: TreeNode, isCreation: boolean) => void;

/** A part of a template: calls a definer for each of its nodes, in their order. */
export type Children = (isCreation: boolean, ...definers: [...Definers, ...unknown[]]) => void;

export type DefineItem = (
  isCreation: boolean,
  item: unknown,
  index: number | string,
  changes: Changes,
  indexChanged: true | undefined,
  path: unknown[] | null,
  ...definers: Definers
) => void;

export type Definers = [
  text: (content?: string) => void,
  element: (
    tag: string,
    generics: unknown,
    initialize: Initialize,
    children: Children,
    slot?: string,
    slotValueNames?: string[],
  ) => void,
  branch: (key: number | string, children: Children) => void,
  list: (list: unknown, key: string | null, changes: Changes, path: unknown[] | null, item: DefineItem) => void,
  slot: (...parameters: unknown[]) => void,
  group: (children: Children, slot: string | undefined) => void,
];

/** Makes the node of a new item. */
export type MakeItem = (item: unknown, index: number) => TreeNode;

export interface ListManager {
  keyName: string | null;
  rawKeys: string[];
  /** Key to place, for keys that one item has. */
  keyMap: { [key: string]: number };
  /** Keys that several items have. */
  sharedKeyMap: { [key: string]: number[] } | undefined;
  items: unknown[];
  indexes: unknown[] | null;
  updateKeys(list: unknown[]): void;
  /** Brings the nodes of the list's element from the items before to these. */
  diff(list: unknown, changes: Changes, element: TreeNode, make: MakeItem, ...more: unknown[]): void;
}

/** A node as the update meets it: which of these it has, the template knows. */
export interface TreeNode {
  childNodes: TreeNode[];
  textContent: string;
  slot: string;
  insertChildAt(child: TreeNode, index: number): void;
  insertChildren(children: TreeNode[], index: number): void;
  removeChildren(index: number, count: number): void;
  _$wxTmplArgs?: { key?: number | string; keyList?: ListManager };
}

/** The part of glass-easel's `ProcGenWrapper` that is used. */
export interface UpdateWrapper {
  /** Where tags are looked up: undefined for one that stands for no component. */
  shadowRoot: { checkComponentPlaceholder(tag: string): boolean | undefined };
  update(data: unknown, changes: Changes): void;
  handleChildrenUpdate(children: Children, parent: TreeNode, slot: unknown, slotName: unknown): void;
  dynamicSlotUpdate(
    element: unknown,
    names: string[] | undefined,
    children: Children,
  ): { applySlotUpdates(): void } | null;
  /** Sets the class names of an element. */
  c(element: TreeNode, names: unknown): void;
}
