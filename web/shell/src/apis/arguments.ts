/** Checks a call's arguments by the catalog: types, required members, allowed values, defaults. */
import {
  type ApiSpecification,
  catalog,
  type ParameterSpecification,
  type ParameterType,
} from '../../../runtime/protocol/generated/catalog';
import { fail } from '../miniapp/failure';

const specifications: Readonly<Record<string, ApiSpecification>> = catalog;

export function specificationOf(api: string): ApiSpecification | undefined {
  return Object.hasOwn(specifications, api) ? specifications[api] : undefined;
}

/** Gives the arguments with defaults filled in; members that the catalog does not know are left out. */
export function checkArguments(
  specification: ApiSpecification | undefined,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const checked: Record<string, unknown> = {};
  for (const parameter of specification?.parameters ?? []) {
    const value = checkParameter(parameter, Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined);
    if (value !== undefined) checked[parameter.name] = value;
  }
  return checked;
}

function checkParameter(parameter: ParameterSpecification, given: unknown): unknown {
  const value = given ?? undefined;
  if (value === undefined) {
    if (parameter.required === true) mismatch(parameter, value);
    return parameter.default;
  }
  if (parameter.types.includes('function')) return undefined;
  if (!parameter.types.some((type) => isOfType(value, type))) mismatch(parameter, value);
  // Apps write values that no version ever knew; the original host falls back to the default.
  if (parameter.values !== undefined && !parameter.values.some((allowed) => sameValue(allowed, value))) {
    return (
      parameter.default ??
      fail(`parameter error: parameter.${parameter.name} is not one of ${parameter.values.join(', ')};`)
    );
  }
  return value;
}

function sameValue(allowed: string | number | boolean, value: unknown): boolean {
  return typeof allowed === 'string' && typeof value === 'string'
    ? allowed.toLowerCase() === value.toLowerCase()
    : allowed === value;
}

function mismatch(parameter: ParameterSpecification, value: unknown): never {
  const wanted = parameter.types.map(titled).join(' or ');
  return fail(
    `parameter error: parameter.${parameter.name} should be ${wanted} instead of ${titled(typeName(value))};`,
  );
}

function isOfType(value: unknown, type: ParameterType): boolean {
  return type === 'any' || typeName(value) === type;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof ArrayBuffer) return 'ArrayBuffer';
  if (value === null) return 'null';
  return typeof value;
}

function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
