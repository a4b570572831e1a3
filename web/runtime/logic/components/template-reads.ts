/** What compiled template code reads of the data, found in its source: the data is always `D`, the tree of changes `U`. */

/** Names of the data fields that the code reads, or `unknown` where it hands the data on as a whole. */
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

const known = new Map<string, Set<string> | 'unknown'>();

/** Whether a function of a compiled template reads one of the fields, as far as its own source tells. */
export function readsAnyOf(code: (...parameters: never[]) => unknown, names: ReadonlySet<string>): boolean {
  const source = Function.prototype.toString.call(code);
  let fields = known.get(source);
  if (fields === undefined) {
    fields = fieldsRead(source);
    known.set(source, fields);
  }
  if (fields === 'unknown') return true;
  for (const name of names) if (fields.has(name)) return true;
  return false;
}
