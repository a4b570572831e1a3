/** Properties and observers as real components write them, made into what glass-easel takes. */

type Method = (this: Record<string, unknown>, ...values: unknown[]) => void;

const types = new Set<unknown>([String, Number, Boolean, Object, Array, Function, null, undefined]);

/** `{ type: [String, Number] }` takes either; what is no type at all takes anything. Observers may be methods' names. */
export function normaliseProperties(properties: unknown): Record<string, unknown> {
  if (typeof properties !== 'object' || properties === null) return {};
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, normalise(property)]));
}

function normalise(property: unknown): unknown {
  if (types.has(property)) return property ?? null;
  if (Array.isArray(property)) return typed(property);
  if (typeof property !== 'object' || property === null) return null;
  const { type, optionalTypes, observer, ...rest } = property as Record<string, unknown>;
  const others = Array.isArray(optionalTypes) ? optionalTypes : [];
  const made: Record<string, unknown> = {
    ...rest,
    ...typed(Array.isArray(type) ? [...type, ...others] : [type, ...others]),
  };
  if (typeof observer === 'function') made.observer = observer;
  else if (typeof observer === 'string') made.observer = callingMethod(observer);
  return made;
}

function typed(wanted: unknown[]): Record<string, unknown> {
  const [type = null, ...optionalTypes] = wanted.filter((one) => types.has(one));
  return optionalTypes.length === 0 ? { type } : { type, optionalTypes };
}

/** Observers by data path; a method's name is looked up when it is called, so that a behavior may leave it to others. */
export function normaliseObservers(observers: unknown): unknown {
  if (Array.isArray(observers)) {
    return observers.map((entry: { observer?: unknown }) => ({ ...entry, observer: asFunction(entry.observer) }));
  }
  if (typeof observers !== 'object' || observers === null) return {};
  return Object.fromEntries(Object.entries(observers).map(([path, observer]) => [path, asFunction(observer)]));
}

function asFunction(observer: unknown): unknown {
  return typeof observer === 'string' ? callingMethod(observer) : observer;
}

function callingMethod(name: string): Method {
  return function callMethod(...values) {
    const method = this[name];
    if (typeof method === 'function') method.apply(this, values);
  };
}
