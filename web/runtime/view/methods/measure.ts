/** Answers of `measure`, `boundingClientRect`, `scrollOffset` and `fields`: where things are, as laid out now. */
import type { MeasureFields } from '../../protocol';
import { camelCase } from '../attributes';
import type { ViewNode } from '../node';

/** Tags whose content others may not measure: the width of a name would give the name away. */
const unmeasured = new Set(['open-data']);

export function rectangleOf(node: ViewNode | null): Record<string, number> {
  if (node === null) {
    return { left: 0, top: 0, right: innerWidth, bottom: innerHeight, width: innerWidth, height: innerHeight };
  }
  const element = node.element;
  if (element === null || unmeasured.has(node.tag))
    return { left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 };
  return plainRectangle(element.getBoundingClientRect());
}

export function plainRectangle(rect: DOMRectReadOnly): Record<string, number> {
  const { left, top, right, bottom, width, height } = rect;
  return { left, top, right, bottom, width, height };
}

export function scrollOffsetOf(node: ViewNode | null): Record<string, number> {
  const page = document.scrollingElement ?? document.documentElement;
  const scroller = node === null ? page : (node.component?.scroller ?? node.element);
  if (scroller === null) return { scrollLeft: 0, scrollTop: 0, scrollWidth: 0, scrollHeight: 0 };
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = scroller;
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight };
}

export function fieldsOf(node: ViewNode | null, fields: MeasureFields): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  if (fields.id) result['id'] = node?.element?.id ?? '';
  if (fields.rect || fields.size) {
    const { width, height, ...sides } = rectangleOf(node);
    if (fields.rect) Object.assign(result, sides);
    if (fields.size) Object.assign(result, { width, height });
  }
  if (fields.scrollOffset) Object.assign(result, scrollOffsetOf(node));
  for (const name of texts(fields.properties)) result[name] = propertyOf(node, camelCase(name));
  const names = texts(fields.computedStyle);
  const element = node?.element;
  if (names.length > 0 && element && !unmeasured.has(node.tag)) {
    const style = getComputedStyle(element);
    for (const name of names) result[name] = style.getPropertyValue(cssName(name));
  }
  return result;
}

function propertyOf(node: ViewNode | null, name: string): unknown {
  if (node === null) return undefined;
  const values: Record<string, unknown> | undefined = node.component?.values;
  if (values !== undefined && Object.hasOwn(values, name)) return values[name];
  return node.attributes?.get(name);
}

function cssName(name: string): string {
  return name.startsWith('--') ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
