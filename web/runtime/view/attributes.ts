/**
 * Writes of attributes. A component takes the properties on its own list; every node takes a few that the dialect
 * gives all tags (`hidden`, `hover-class`, `animation`, `aria-*`). Anything else is kept as a value for queries and
 * reaches the DOM only if it is on the list of names that style sheets select by. No name on that list has an
 * effect of its own on an element that the browser does not know.
 */
import type { Component } from '../components/component';
import { toBoolean, toNumber, toText } from '../components/properties';
import type { AnimationPlayer } from './animation';
import type { ViewNode } from './node';
import type { NodeTable } from './node-table';

/** Reflected for selectors such as `button[type=primary]`. */
const reflected = new Set([
  'type',
  'size',
  'plain',
  'disabled',
  'loading',
  'checked',
  'mode',
  'selectable',
  'user-select',
  'space',
  'direction',
  'vertical',
  'open-type',
  'form-type',
  'scroll-x',
  'scroll-y',
  'color',
  'name',
  'is',
  'active',
  'enable-flex',
  'current',
  'title',
]);

/** What a text is more than a plain element for. */
const textProperties = new Set(['space', 'decode', 'maxLines', 'overflow']);

const hoverNames = new Set(['hoverClass', 'hoverStartTime', 'hoverStayTime', 'hoverStopPropagation']);

export interface AttributeParts {
  nodes: NodeTable;
  animations: AnimationPlayer;
  /** Makes the behaviour of a text that needs one: it decodes entities or shows spaces. */
  textComponent(node: ViewNode, host: HTMLElement): Component;
}

export class AttributeWriter {
  constructor(private readonly parts: AttributeParts) {}

  set(node: ViewNode, element: HTMLElement, given: string, value: unknown, lastEvent: number): void {
    const name = camelCase(given);
    node.attributes ??= new Map();
    node.attributes.set(name, value);
    if (node.tag === 'text' && textProperties.has(name)) this.upgradeText(node);
    reflect(node, element, kebabCase(given), value);
    if (hoverNames.has(name)) setHover(node, name, value);
    else if (name === 'hidden') element.toggleAttribute('hidden', toBoolean(value));
    else if (name === 'animation') this.parts.animations.play(node, element, value);
    node.component?.write(name, value, lastEvent);
  }

  /** Gives a text that is a plain element so far the behaviour that its content needs. */
  upgradeText(node: ViewNode): void {
    const { element } = node;
    if (node.tag !== 'text' || node.component !== null || element === null) return;
    this.parts.nodes.upgrade(node, this.parts.textComponent(node, element));
  }

  remove(node: ViewNode, element: HTMLElement, given: string): void {
    const name = camelCase(given);
    node.attributes?.delete(name);
    element.removeAttribute(kebabCase(given));
    if (name.startsWith('aria')) node.component?.accessibleElement.removeAttribute(kebabCase(given));
    if (hoverNames.has(name)) setHover(node, name, undefined);
    node.component?.write(name, undefined, Number.MAX_SAFE_INTEGER);
  }
}

function reflect(node: ViewNode, host: HTMLElement, name: string, value: unknown): void {
  const accessible = name === 'role' || name === 'aria-role' || name.startsWith('aria-');
  if (!accessible && !reflected.has(name) && !name.startsWith('data-')) return;
  const attribute = name === 'aria-role' ? 'role' : name;
  if (!/^[a-z][a-z0-9-]*$/.test(attribute)) return;
  const element = accessible ? (node.component?.accessibleElement ?? host) : host;
  if (name === 'aria-label' && node.tag === 'image') host.setAttribute('role', 'img');
  if (accessible && (value === true || value === false)) element.setAttribute(attribute, String(value));
  else if (value === true) element.setAttribute(attribute, '');
  else if (value === false || value === undefined || value === null) element.removeAttribute(attribute);
  else if (typeof value === 'string' || typeof value === 'number') element.setAttribute(attribute, String(value));
}

function setHover(node: ViewNode, name: string, value: unknown): void {
  node.hover ??= { className: 'none', startTime: Number.NaN, stayTime: Number.NaN, stopPropagation: false };
  const { hover } = node;
  if (name === 'hoverClass') hover.className = toText(value, '');
  else if (name === 'hoverStartTime') hover.startTime = toNumber(value, NaN);
  else if (name === 'hoverStayTime') hover.stayTime = toNumber(value, NaN);
  else hover.stopPropagation = toBoolean(value);
}

const camelNames = new Map<string, string>();
const kebabNames = new Map<string, string>();

/** `hover-class` and `hoverClass` name the same property. */
export function camelCase(name: string): string {
  return cached(camelNames, name, (text) =>
    text.replace(/-([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

function kebabCase(name: string): string {
  return cached(kebabNames, name, (text) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}

function cached(names: Map<string, string>, name: string, make: (name: string) => string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = make(name);
  if (names.size < 4096) names.set(name, made);
  return made;
}
