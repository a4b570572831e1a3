/** `canIUse`: answered from the API catalog and the list of built-in components. */
import { type ApiSpecification, catalog } from '../../protocol/generated/catalog';

/** Components that the view draws, each with the attributes worth asking about left open. */
const components = new Set([
  'block', 'button', 'checkbox', 'checkbox-group', 'cover-image', 'cover-view', 'form', 'icon', 'image', 'input',
  'label', 'navigator', 'page-meta', 'picker', 'picker-view', 'picker-view-column', 'progress', 'radio',
  'radio-group', 'rich-text', 'root-portal', 'scroll-view', 'slider', 'slot', 'swiper', 'swiper-item', 'switch',
  'template', 'text', 'textarea', 'view', 'web-view', 'wxs',
]); // biome-ignore format: one list

/** Answers `canIUse(schema)` for APIs and `COMPONENT.ATTRIBUTE.VALUE`. `carries` says which APIs this host has. */
export function canIUse(schema: unknown, carries: (api: string) => boolean): boolean {
  if (typeof schema !== 'string' || schema === '') return false;
  const [name = '', method, member, option] = schema.split('.');
  if (components.has(name)) return true;
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
