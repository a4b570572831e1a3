/**
 * Turns what app code hands to `Component`, `Page` and `Behavior` into what glass-easel takes: names of built-in
 * behaviors, definition filters, and the mixed bag of a page's members.
 */
import type { GeneralBehavior } from 'glass-easel';
import type { ComponentExport } from './instance';
import { normaliseObservers, normaliseProperties } from './properties';

// biome-ignore lint/suspicious/noExplicitAny: the members of a definition are the app's own
export type Definition = Record<string, any>;

type DefinitionFilter = (definition: Definition, parents: ((definition: Definition) => void)[]) => void;

/** Behaviors of the app with what glass-easel has no place for. */
interface BehaviorExtras {
  filter: ((definition: Definition) => void) | undefined;
  exported: ComponentExport | undefined;
  relations: readonly string[];
}

const extras = new WeakMap<GeneralBehavior, BehaviorExtras>();

export interface Prepared {
  definition: Definition;
  exported: ComponentExport | undefined;
  /** Paths of the components that relations name, as written: relative to the component. */
  relations: readonly string[];
}

/**
 * Copies a definition, resolves its behaviors and runs their definition filters.
 * Unknown behaviors are left out with a warning, as WeChat does.
 */
export function prepareDefinition(
  source: Definition,
  builtin: ReadonlyMap<string, GeneralBehavior>,
  warn: (text: string) => void,
): Prepared {
  const definition: Definition = { ...source };
  const behaviors: GeneralBehavior[] = [];
  for (const wanted of Array.isArray(source.behaviors) ? source.behaviors.flat() : []) {
    const behavior = typeof wanted === 'string' ? builtin.get(wanted) : (wanted as GeneralBehavior | undefined);
    if (behavior && typeof behavior === 'object') behaviors.push(behavior);
    else warn(`behavior ${typeof wanted === 'string' ? `"${wanted}"` : String(wanted)} does not exist, it is ignored`);
  }
  definition.behaviors = behaviors;
  for (const behavior of behaviors) extras.get(behavior)?.filter?.(definition);
  definition.methods = functionsOf(definition.methods);
  definition.lifetimes = functionsOf(definition.lifetimes);
  definition.pageLifetimes = functionsOf(definition.pageLifetimes);
  definition.properties = normaliseProperties(definition.properties);
  definition.observers = normaliseObservers(definition.observers);
  const inherited = behaviors.map((behavior) => extras.get(behavior)?.exported).find((found) => found !== undefined);
  const exported = typeof source.export === 'function' ? (source.export as ComponentExport) : inherited;
  const relations = [
    ...behaviors.flatMap((behavior) => extras.get(behavior)?.relations ?? []),
    ...relationPaths(source),
  ];
  return { definition, exported, relations };
}

/** A relation names its target by path, in its key or in `target`; or by a behavior, which needs no loading. */
function relationPaths(source: Definition): string[] {
  if (typeof source.relations !== 'object' || source.relations === null) return [];
  return Object.entries(source.relations as Record<string, { target?: unknown } | null>)
    .map(([key, relation]) => relation?.target ?? key)
    .filter((target) => typeof target === 'string');
}

/** Remembers what a new behavior brings beyond glass-easel's own. */
export function rememberBehavior(behavior: GeneralBehavior, source: Definition, prepared: Prepared): void {
  const parents = (prepared.definition.behaviors as GeneralBehavior[])
    .map((parent) => extras.get(parent)?.filter)
    .filter((filter) => filter !== undefined);
  const own = source.definitionFilter as DefinitionFilter | undefined;
  const filter = typeof own === 'function' ? (child: Definition) => own(child, parents) : undefined;
  extras.set(behavior, { filter, exported: prepared.exported, relations: prepared.relations });
}

function functionsOf(members: unknown): Record<string, unknown> {
  if (typeof members !== 'object' || members === null) return {};
  return Object.fromEntries(Object.entries(members).filter(([, member]) => typeof member === 'function'));
}

/** Members of `Page({…})` that glass-easel understands; every other one becomes a field of the page. */
const componentMembers = new Set([
  'behaviors', 'data', 'options', 'observers', 'properties', 'lifetimes', 'pageLifetimes', 'relations',
  'externalClasses',
]); // biome-ignore format: one list

/** Splits a page's members: functions become methods, known members stay, the rest are fields of each page. */
export function splitPage(source: Definition): { definition: Definition; fields: Definition } {
  const definition: Definition = { methods: {} };
  const fields: Definition = {};
  for (const [name, member] of Object.entries(source)) {
    if (typeof member === 'function') definition.methods[name] = member;
    else if (componentMembers.has(name)) definition[name] = member;
    else fields[name] = member;
  }
  return { definition, fields };
}

/** A copy of plain data; objects with a class of their own are shared. */
export function copyPlain<T>(value: T, above = new Map<unknown, unknown>()): T {
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return above.get(value) as T;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    above.set(value, copy);
    for (const item of value) copy.push(copyPlain(item, above));
    return copy as T;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy: Record<string, unknown> = {};
  above.set(value, copy);
  for (const [name, member] of Object.entries(value)) copy[name] = copyPlain(member, above);
  return copy as T;
}
