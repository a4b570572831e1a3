/** Checks the arguments of an API against the catalog, with WeChat's words for what is wrong. */
import type { ApiSpecification, ParameterType } from '../../protocol/generated/catalog';

const names: Record<ParameterType, string> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  object: 'Object',
  array: 'Array',
  function: 'Function',
  ArrayBuffer: 'ArrayBuffer',
  any: 'Any',
};

/** The type of a value as WeChat names it. */
export function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** What is wrong with an options object, or undefined. Optional members may be null or undefined. */
export function checkOptions(specification: ApiSpecification, options: Record<string, unknown>): string | undefined {
  for (const parameter of specification.parameters) {
    const value = options[parameter.name];
    if ((value === undefined || value === null) && parameter.required !== true) continue;
    if (parameter.types.some((type) => matches(type, value))) continue;
    const wanted = names[parameter.types[0] ?? 'any'];
    return `parameter error: parameter.${parameter.name} should be ${wanted} instead of ${typeName(value)};`;
  }
  return undefined;
}

/** The same for arguments that are passed one by one. */
export function checkPositional(specification: ApiSpecification, values: readonly unknown[]): string | undefined {
  for (const [index, parameter] of specification.parameters.entries()) {
    const value = values[index];
    if (value === undefined && parameter.required !== true) continue;
    if (parameter.types.some((type) => matches(type, value))) continue;
    const wanted = names[parameter.types[0] ?? 'any'];
    return `parameter error: parameter should be ${wanted} instead of ${typeName(value)};`;
  }
  return undefined;
}

function matches(type: ParameterType, value: unknown): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null;
    case 'ArrayBuffer':
      return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    default:
      return typeof value === type;
  }
}
