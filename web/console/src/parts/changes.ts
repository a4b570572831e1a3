/** What somebody else changed meanwhile: two states of one thing, member by member. */
export interface Change {
  member: string;
  before: string;
  after: string;
}

/** Members that say the same in other words, or change with every act. */
const silent = new Set(['revision', 'actions']);

export function changesBetween(before: object, after: object): Change[] {
  const old = new Map(Object.entries(before));
  const changes: Change[] = [];
  for (const [member, value] of Object.entries(after)) {
    const was = show(old.get(member));
    const is = show(value);
    if (!silent.has(member) && was !== is) changes.push({ member, before: was, after: is });
  }
  return changes;
}

function show(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
