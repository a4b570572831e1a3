/**
 * Lists of which a field of the data only chooses items: `item.id === selected`, `index == current`. When the field
 * changes, the items differ for which the comparison held before or holds now; the others are left alone.
 *
 * Found in the source of an item's part of the template, for example
 * `(C,e,f,g,h,i,T,E)=>{…var $A=X(e).id===D.selected;…}`: its parameters are glass-easel's, the item second, its index third.
 */
import { fieldsRead } from './template-reads';

/** One way in which an item is compared with a field. */
export interface Comparison {
  /** The item's member, or the item or its index itself. */
  of: { member: string } | 'item' | 'index';
  field: string;
  /** `===` and not `==`. */
  strict: boolean;
}

/** Comparisons of an item with fields, and the fields that it reads in any other way. */
interface Reads {
  comparisons: Comparison[];
  otherwise: ReadonlySet<string>;
}

const known = new Map<string, Reads | undefined>();

/** The comparisons by which items read the fields; undefined where they read one of them in another way. */
export function comparisonsWith(
  item: (...parameters: never[]) => unknown,
  names: ReadonlySet<string>,
): Comparison[] | undefined {
  const source = Function.prototype.toString.call(item);
  if (!known.has(source)) known.set(source, readsOf(source));
  const reads = known.get(source);
  if (reads === undefined) return undefined;
  for (const name of names) if (reads.otherwise.has(name)) return undefined;
  return reads.comparisons.filter(({ field }) => names.has(field));
}

/** What may stand around a comparison that is an expression of its own and no operand of another one. */
const ahead = String.raw`(?<=[(,?:;{[]|&&|\|\||[\w$]=|=>|return )`;
const behind = String.raw`(?=[),?:;}\]]|&&|\|\|)`;
const member = String.raw`(?:\.([\w$]+)|\["([^"\\]*)"\])`;
const operator = '([!=]==?)';

/** Example: `X(e).id===D.selected` is `{ of: { member: 'id' }, field: 'selected', strict: true }`. */
function readsOf(source: string): Reads | undefined {
  const [, item, index] = /^\(([^)]*)\)=>/.exec(source)?.[1]?.split(',') ?? [];
  if (item === undefined || index === undefined || fieldsRead(source) === 'unknown') return undefined;
  const [itemName, indexName] = [item, index].map((name) => `(${name.replaceAll('$', String.raw`\$`)})`);
  const part = `(?:X\\(${itemName}\\)${member}|${itemName}|${indexName})`;
  const comparisons: Comparison[] = [];
  const note = (of: Comparison['of'], field: string, sign: string) => {
    comparisons.push({ of, field, strict: sign.length === 3 });
    return '0';
  };
  const ofPart = (plain?: string, quoted?: string, whole?: string): Comparison['of'] => {
    const name = plain ?? quoted;
    if (name !== undefined) return { member: name };
    return whole === undefined ? 'index' : 'item';
  };
  const rest = source
    .replace(
      new RegExp(`${ahead}${part}${operator}D${member}${behind}`, 'g'),
      (_, _item, plain, quoted, whole, _index, sign, field, quotedField) =>
        note(ofPart(plain, quoted, whole), field ?? quotedField, sign),
    )
    .replace(
      new RegExp(`${ahead}D${member}${operator}${part}${behind}`, 'g'),
      (_, field, quotedField, sign, _item, plain, quoted, whole) =>
        note(ofPart(plain, quoted, whole), field ?? quotedField, sign),
    );
  const others = rest.matchAll(new RegExp(`(?<![\\w$.])D${member}`, 'g'));
  return { comparisons, otherwise: new Set([...others].map((match) => match[1] ?? match[2] ?? '')) };
}

/** Places of the items for which a comparison comes out differently than with the values before. */
export function itemsChosenAnew(
  list: readonly unknown[],
  comparisons: readonly Comparison[],
  before: ReadonlyMap<string, unknown>,
  now: Readonly<Record<string, unknown>>,
): number[] {
  const tests = comparisons.map(({ of, field, strict }) => {
    const [old, current] = [before.get(field), now[field]];
    const value = typeof of === 'object' ? of.member : of;
    return { of, value, old, current, strict };
  });
  const places: number[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index] as Record<string, unknown> | null | undefined;
    for (const { of, value, old, current, strict } of tests) {
      const compared = of === 'index' ? index : of === 'item' ? item : item?.[value];
      const differs = holds(compared, old, strict) !== holds(compared, current, strict);
      if (!differs) continue;
      places.push(index);
      break;
    }
  }
  return places;
}

function holds(one: unknown, other: unknown, strict: boolean): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: as the template compares
  return strict ? one === other : one == other;
}
