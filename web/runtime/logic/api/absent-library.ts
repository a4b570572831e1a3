/**
 * What stands for a library that this host does not have: classes to extend, functions to register things with and
 * numbers, of which nothing comes. Apps use such a library while their modules load (`class A extends xr.Component`),
 * and would not open at all without one.
 */
export function absentLibrary(): unknown {
  return standIn(() => undefined);
}

/** As that, for a library whose functions make values that can be put together (`_.gt(1).and(_.lt(2))`). */
export function absentValues(): unknown {
  return standIn(absentValues);
}

function standIn(answer: () => unknown): unknown {
  const members = new Map<PropertyKey, unknown>();
  return new Proxy(class {}, {
    get: (target, member) => {
      if (member === 'prototype') return target.prototype;
      if (member === Symbol.toPrimitive) return () => 0;
      if (typeof member === 'symbol' || member === 'then' || member === 'toJSON') return undefined;
      if (!members.has(member)) members.set(member, standIn(answer));
      return members.get(member);
    },
    set: (_target, member, value) => {
      members.set(member, value);
      return true;
    },
    apply: answer,
    // An extending class makes its own objects, with its own methods.
    construct: (target, _args, made) => Reflect.construct(target, [], made) as object,
  });
}

/** Steps of a query of a database in the cloud, which fails only where it would be carried out. */
export const querySteps: ReadonlySet<PropertyKey> = new Set([
  'collection', 'doc', 'where', 'limit', 'skip', 'orderBy', 'field', 'aggregate', 'match', 'project', 'group', 'sort',
  'lookup', 'unwind', 'sample', 'addFields', 'bucket', 'geoNear', 'replaceRoot', 'sortByCount',
]); // biome-ignore format: one list

/** Members of a database in the cloud that make values for its queries. */
export const queryValues: ReadonlySet<PropertyKey> = new Set(['command', 'Geo', 'RegExp', 'serverDate']);
