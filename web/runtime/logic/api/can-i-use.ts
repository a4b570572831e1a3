/** `canIUse`: answered from the catalog of APIs and built-in components. */
import { type ApiSpecification, catalog } from '../../protocol/generated/catalog';
import { componentAttributes } from '../../protocol/generated/components';

/** Parts of a template that are no elements. */
const syntax = new Set(['block', 'slot', 'template', 'wxs', 'import', 'include']);

/** `COMPONENT.ATTRIBUTE.VALUE`: attributes and their values as the catalog lists them. */
function hasComponent(name: string, attribute: string | undefined, value: string | undefined): boolean | undefined {
  if (syntax.has(name)) return attribute === undefined;
  const listed = componentAttributes[name];
  if (listed === undefined) return undefined;
  if (attribute === undefined) return true;
  const entry = listed.split(' ').find((candidate) => candidate.split(':')[0] === attribute);
  if (entry === undefined) return false;
  const values = entry.split(':')[1];
  return (
    value === undefined || values === undefined || values.split(',').some((one) => one.replaceAll('+', ' ') === value)
  );
}

/** Answers `canIUse(schema)` for APIs and `COMPONENT.ATTRIBUTE.VALUE`. `carries` says which APIs this host has. */
export function canIUse(schema: unknown, carries: (api: string) => boolean): boolean {
  if (typeof schema !== 'string' || schema === '') return false;
  const [name = '', method, member, option] = schema.split('.');
  const component = hasComponent(name, method, member);
  if (component !== undefined) return component;
  const specification = (catalog as Record<string, ApiSpecification | undefined>)[name];
  if (specification === undefined || !carries(name)) return false;
  if (method === undefined) return true;
  if (method === 'object') {
    const parameter = specification.parameters.find((candidate) => candidate.name === member);
    if (member === undefined) return specification.takes === 'object';
    if (parameter === undefined)
      return ['success', 'fail', 'complete'].includes(member) && specification.kind === 'call';
    return (
      option === undefined ||
      parameter.values === undefined ||
      parameter.values.some((value) => String(value) === option)
    );
  }
  if (['return', 'success', 'callback'].includes(method)) {
    return member === undefined || specification.results.includes([member, option].filter(Boolean).join('.'));
  }
  return specification.taskMethods?.includes(method) ?? false;
}
