/**
 * Finding elements by selector. glass-easel knows ids, classes, `>`, descendants and `>>>`; WeChat also takes the tag
 * of an element, which is added here for selectors of one part (`canvas`, `view.box`).
 */
import { Element, type GeneralComponent, type Node } from 'glass-easel';

const tagged = /^([a-z][a-z0-9-]*)((?:\.-?[_a-z][-_a-z0-9]*)*)$/i;

/** All elements of a component's own tree that match, in document order. */
export function selectAll(component: GeneralComponent | undefined, selector: unknown): Element[] {
  const root = component?.getShadowRoot();
  if (!root) return [];
  const parts = String(selector)
    .split(',')
    .map((part) => part.trim());
  const tags = parts.map((part) => tagged.exec(part)).filter((match) => match !== null);
  if (tags.length === 0) return root.querySelectorAll(String(selector));
  const rest = parts.filter((part) => !tagged.test(part));
  const found = new Set<Element>(rest.length > 0 ? root.querySelectorAll(rest.join(',')) : []);
  const matches = (element: Element) =>
    found.has(element) || tags.some(([, tag, classes]) => hasTag(element, tag) && hasClasses(element, classes));
  const inOrder: Element[] = [];
  const visit = (node: Node): void => {
    if (!Element.isElement(node)) return;
    if (matches(node)) inOrder.push(node);
    for (const child of node.childNodes) visit(child);
  };
  visit(root);
  for (const element of found) if (!inOrder.includes(element)) inOrder.push(element);
  return inOrder;
}

/** The first element that matches, or undefined. */
export function selectOne(component: GeneralComponent | undefined, selector: unknown): Element | undefined {
  if (!/(^|,)\s*[a-z]/i.test(String(selector))) {
    return component?.getShadowRoot()?.querySelector(String(selector)) ?? undefined;
  }
  return selectAll(component, selector)[0];
}

function hasTag(element: Element, tag: string | undefined): boolean {
  return (element.asNativeNode()?.is ?? element.asGeneralComponent()?.tagName) === tag;
}

function hasClasses(element: Element, classes = ''): boolean {
  return classes
    .split('.')
    .filter((name) => name !== '')
    .every((name) => element.classList?.contains(name) === true);
}
