/**
 * Makes the cases of the API fixture from the catalog: one for each API and each method of an object.
 *
 * Input: the catalog as JSON (`cargo xtask conformance` writes it) and `arguments.json`. Output: what `app/check.js`
 * runs, in the order of the catalog.
 */

/** Ways that a case of `arguments.json` may deviate from what the catalog says alone. */
const known = new Set([
  'arguments', 'more', 'expect', 'reason', 'mayMiss', 'once', 'before', 'after', 'answer', 'skip', 'patience', 'errorName', 'giver', 'note',
]);

export function makeCases(catalog, given) {
  const cases = [];
  for (const api of catalog.apis) cases.push(makeCase(api, api.name, given[api.name]));
  const givers = giversOf(catalog, given);
  for (const object of catalog.objects) {
    for (const method of object.methods) {
      const name = `${object.name}.${method.name}`;
      const giver = givers.get(object.name);
      if (giver === undefined) continue;
      const made = makeCase(method, name, given[name]);
      // What the host declares of an object that it gives must be there too, and fail.
      cases.push({ ...made, group: made.declared ? 'declared' : 'methods', giver, method: method.name });
    }
  }
  const methods = catalog.objects.flatMap((object) => object.methods.map((method) => `${object.name}.${method.name}`));
  const names = new Set([...catalog.apis.map((api) => api.name), ...methods]);
  for (const [name, options] of Object.entries(given)) {
    if (name.startsWith('$')) continue;
    if (!names.has(name)) throw new Error(`arguments.json has ${name}, which the catalog does not`);
    for (const option of Object.keys(options)) {
      if (!known.has(option)) throw new Error(`arguments.json says "${option}" of ${name}; it knows ${[...known].join(', ')}`);
    }
  }
  return cases;
}

function makeCase(api, name, given = {}) {
  const declared = api.hosts.web !== 'carried';
  return {
    name,
    kind: api.kind,
    declared,
    group: declared ? 'declared' : 'carried',
    arguments: given.arguments ?? (api.kind === 'sync' ? numbers(api) : {}),
    more: given.more,
    expect: given.expect ?? 'success',
    reason: given.reason,
    results: api.results.map((result) => ({ name: result.name, types: result.type.split('|') })),
    mayMiss: given.mayMiss ?? [],
    returns: api.returns ?? undefined,
    object: api.object ?? undefined,
    off: api.off ?? undefined,
    taskMethods: api.task_methods,
    once: given.once,
    before: given.before,
    after: given.after,
    answer: given.answer,
    skip: given.skip,
    patience: given.patience,
    errorName: given.errorName,
    missing: declared || given.arguments !== undefined ? [] : required(api),
    // Nothing waits for a person or a gesture: many of these run after one tap.
    quick: declared || api.kind !== 'call' && api.kind !== 'task',
  };
}

/** A number is plausible where nothing but numbers is wanted, as by drawing commands. */
function numbers(api) {
  const all = api.parameters.filter((parameter) => parameter.required);
  return api.takes === 'positional' && all.every((parameter) => parameter.type === 'number') ? all.map(() => 1) : [];
}

function required(api) {
  if (api.kind === 'sync' && numbers(api).length > 0) return [];
  return api.parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
}

/** How the app gets each object: by a synchronous API that gives it. */
function giversOf(catalog, given) {
  const givers = new Map(Object.entries(given.$givers ?? {}));
  for (const api of catalog.apis) {
    if (api.kind !== 'sync' || api.object === null || api.hosts.web !== 'carried' || givers.has(api.object)) continue;
    givers.set(api.object, { name: api.name, arguments: given[api.name]?.arguments ?? [] });
  }
  return givers;
}

/** Methods that what an API gives must have. */
export function membersOf(catalog, object) {
  const found = catalog.objects.find((each) => each.name === object);
  return (found?.methods ?? []).filter((method) => method.hosts.web === 'carried').map((method) => method.name);
}
