/**
 * `canIUse`: answered from the catalog of APIs, objects and built-in components. The forms are WeChat's:
 * `API`, `API.object.PARAMETER.VALUE`, `API.return.MEMBER`, `API.success.MEMBER`, `API.callback.MEMBER`,
 * `OBJECT.MEMBER` and `COMPONENT.ATTRIBUTE.VALUE`.
 */
import { type ApiSpecification, catalog, type ParameterSpecification } from '../../protocol/generated/catalog';
import { componentAttributes } from '../../protocol/generated/components';
import { objectMembers } from '../../protocol/generated/objects';

/** Which of an API's members name what comes back, by kind. */
const results: Readonly<Record<string, readonly string[]>> = {
  return: ['sync'],
  success: ['call', 'task'],
  callback: ['event', 'call', 'task'],
};

/** Answers `canIUse(schema)`. `carries` says which APIs this host has. */
export function canIUse(schema: unknown, carries: (api: string) => boolean): boolean {
  if (typeof schema !== 'string' || schema === '') return false;
  const [name = '', ...rest] = schema.split('.');
  if (Object.hasOwn(componentAttributes, name)) return component(componentAttributes[name] ?? '', rest);
  if (Object.hasOwn(objectMembers, name)) return object(objectMembers[name] ?? '', rest);
  const found = findApi(name, rest);
  if (found === undefined) return false;
  return carries(found.name) && api(found.specification, found.rest);
}

/** The API that a schema begins with: `worklet.shared` before `worklet`. */
function findApi(name: string, rest: readonly string[]) {
  const specifications = catalog as Readonly<Record<string, ApiSpecification>>;
  const nested = `${name}.${rest[0]}`;
  for (const [full, left] of [
    [nested, rest.slice(1)],
    [name, rest],
  ] as const) {
    const specification = Object.hasOwn(specifications, full) ? specifications[full] : undefined;
    if (specification !== undefined) return { name: full, specification, rest: left };
  }
  return undefined;
}

function api(specification: ApiSpecification, rest: readonly string[]): boolean {
  const [method, ...path] = rest;
  if (method === undefined) return true;
  if (method === 'object') return parameter(specification, path);
  const kinds = results[method];
  if (kinds === undefined) return path.length === 0 && (specification.taskMethods?.includes(method) ?? false);
  if (!kinds.includes(specification.kind)) return false;
  if (path.length === 0) return true;
  return specification.results.includes(path.join('.')) || (method !== 'return' && path.join('.') === 'errMsg');
}

function parameter(specification: ApiSpecification, [name, option, ...more]: readonly string[]): boolean {
  if (name === undefined) return specification.takes === 'object';
  if (more.length > 0) return false;
  const found = specification.parameters.find((candidate) => candidate.name === name);
  if (found !== undefined) return option === undefined || allows(found, option);
  const callback = ['success', 'fail', 'complete'].includes(name);
  return callback && option === undefined && (specification.kind === 'call' || specification.kind === 'task');
}

function allows({ values, itemValues }: ParameterSpecification, option: string): boolean {
  const allowed = values ?? itemValues;
  return allowed === undefined || allowed.some((value) => String(value) === option);
}

function object(listed: string, [member, ...more]: readonly string[]): boolean {
  return member === undefined || (more.length === 0 && listed.split(' ').includes(member));
}

/** `COMPONENT.ATTRIBUTE.VALUE`: attributes and their values as the catalog lists them. */
function component(listed: string, [attribute, ...more]: readonly string[]): boolean {
  if (attribute === undefined) return true;
  const entry = listed.split(' ').find((candidate) => attributeName(candidate) === attribute);
  if (entry === undefined) return false;
  if (more.length === 0) return true;
  const values = entry.split(':')[1];
  const value = more.join('.');
  return values === undefined || values.split(',').some((one) => one.replaceAll('+', ' ') === value);
}

/** The name in an entry such as `mode:top+left`; a colon within a name is written as a semicolon. */
function attributeName(entry: string): string {
  return (entry.split(':')[0] ?? '').replace(';', ':');
}
