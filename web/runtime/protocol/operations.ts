/**
 * Drawing operations: what the logic worker sends a page frame. A batch is one flat array, an operation code
 * followed by its operands, so that a structured clone of it costs little and a reader needs no allocation.
 *
 * Node ids are positive integers chosen by the logic side, unique within a page and never used again.
 * Id 1 is the page's root and exists from the start.
 */
export const Operation = {
  /** id, tag: a built-in (`view`), a component's host (`van-button`) or an unknown tag; drawn as `mz-TAG`. */
  createElement: 1,
  /** id, text */
  createText: 2,
  /** id: a list of siblings that the splices insert; empty again after it was inserted. */
  createFragment: 3,
  /** parent, child */
  appendChild: 4,
  /** parent, child */
  removeChild: 5,
  /** parent, child, before */
  insertBefore: 6,
  /** parent, child, old child */
  replaceChild: 7,
  /** parent, before, delete count, fragment: removes `count` siblings starting at `before`, inserts in their place */
  spliceBefore: 8,
  /** parent, fragment */
  spliceAppend: 9,
  /** parent, before, delete count */
  spliceRemove: 10,
  /** first id, count: the logic side forgets these nodes, whose ids follow each other */
  release: 11,
  /** id, text */
  setText: 12,
  /** id, value of the `id` attribute as the maker wrote it */
  setId: 13,
  /** id, the whole class attribute, prefixes applied */
  setClass: 14,
  /** id, inline style text, rpx not yet converted */
  setStyle: 15,
  /** id, name, value (JSON-like; objects allowed), number of the last event of that node the logic side saw */
  setAttribute: 16,
  /** id, name */
  removeAttribute: 17,
  /** id, event type, flags (see ListenerFlag); 0 removes the listener */
  setListener: 18,
  /** id, attribute name, 1 or 0: a two-way binding */
  setModelBinding: 19,
} as const;

/**
 * Attributes that no template writes.
 *
 * | name | node | value |
 * |---|---|---|
 * | `mezze.input` | input, textarea | `{ value, cursor? }`: what the app's `input` handler returned; stale like `value` |
 * | `mezze.answer` | any with a worklet function | `{ name, value }`: what the function returned |
 * | `mezze.scroll-enabled`, `mezze.deceleration-disabled` | scroll-view | what its context's properties say |
 * | `slot` | child of a built-in | the name of the slot it is for, where it is not empty |
 */
export const ownAttributes = { inputAnswer: 'mezze.input', workletAnswer: 'mezze.answer' } as const;

export type OperationCode = (typeof Operation)[keyof typeof Operation];

/** Number of operands of each operation, in the order above; index is the code. */
export const operandCount: readonly number[] = [0, 2, 2, 1, 2, 2, 3, 3, 4, 2, 3, 2, 2, 2, 2, 2, 4, 2, 3, 3];

export const ListenerFlag = { bubble: 1, capture: 2, catch: 4, mutated: 8 } as const;

/** Caps a page frame enforces; a stream that exceeds one closes the port and stops the app. */
export const limits = {
  nodes: 100_000,
  depth: 512,
  textLength: 1_000_000,
  styleLength: 65_536,
  classLength: 16_384,
  attributeNameLength: 256,
  operandsInBatch: 4_000_000,
  /** A batch that grows beyond this is posted in parts, so that the frame draws while logic still records. */
  operandsInPart: 8192,
  /** What stands in the batch before nodes are released goes out alone from this size on. */
  operandsBeforeRelease: 1024,
  unacknowledgedBatches: 2,
} as const;
