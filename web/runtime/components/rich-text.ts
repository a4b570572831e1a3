/**
 * Rich text: HTML or a list of nodes, drawn from a list of tags, attributes and styles. HTML is read by a parser that
 * makes an inert document (nothing in it runs or loads); what is on the lists is then built anew, node by node.
 */
import { limits } from '../protocol';
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { convertRpx, cssUrl, replaceUrls } from '../view/style/text';
import { Component, part } from './component';
import { droppedTags, richLimits, richTags } from './rich-text/lists';

const defaults = { nodes: null as unknown as null, space: '', userSelect: false, selectable: false, mode: 'default' };
type Values = typeof defaults;

/** A node in the dialect's form. */
interface RichNode {
  name?: string;
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  children?: RichNode[];
  /** The HTML parser decoded its entities already. */
  decoded?: true;
}

export class RichText extends Component<Values> {
  readonly #content = part('mz-rich-text-content', this.host);
  #left = 0;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  protected override update(name: keyof Values): void {
    if (name === 'selectable' || name === 'userSelect') {
      this.#content.classList.toggle('mz-selectable', this.values.selectable || this.values.userSelect);
      return;
    }
    const given: unknown = this.values.nodes;
    const nodes =
      typeof given === 'string' ? parseHtml(given.slice(0, limits.textLength)) : Array.isArray(given) ? given : [];
    this.#left = richLimits.nodes;
    this.#content.replaceChildren(...nodes.flatMap((node: unknown) => this.#draw(node, 0)));
  }

  #draw(given: unknown, depth: number): Node[] {
    if (typeof given !== 'object' || given === null || this.#left <= 0 || depth > richLimits.depth) return [];
    this.#left -= 1;
    const node = given as RichNode;
    if (node.type === 'text' || (node.name === undefined && node.text !== undefined)) {
      return [document.createTextNode(this.#text(node.decoded ? String(node.text) : decode(String(node.text ?? ''))))];
    }
    const name = String(node.name ?? '').toLowerCase();
    const children = Array.isArray(node.children) ? node.children : [];
    const drawn = () => children.flatMap((child) => this.#draw(child, depth + 1));
    const attributes = richTags.get(name);
    if (attributes === undefined) return droppedTags.has(name) ? [] : drawn();
    const element = document.createElement(name);
    this.#dress(element, name, attributes, node.attrs ?? {});
    element.append(...drawn());
    return [element];
  }

  #dress(element: HTMLElement, name: string, allowed: readonly string[], attrs: Record<string, unknown>): void {
    for (const [given, value] of Object.entries(attrs)) {
      const attribute = given.toLowerCase();
      if (value === undefined || value === null || typeof value === 'object') continue;
      const text = String(value);
      if (attribute === 'class') element.className = text;
      else if (attribute === 'style') this.#style(element, text);
      else if (attribute === 'src' && name === 'img') this.#picture(element as HTMLImageElement, text);
      else if (allowed.includes(attribute)) element.setAttribute(attribute, text);
    }
  }

  #picture(element: HTMLImageElement, src: string): void {
    element.draggable = false;
    this.context.resources.resolve(src, 'image').then(
      (url) => {
        element.src = url;
      },
      () => undefined,
    );
  }

  #style(element: HTMLElement, text: string): void {
    const { resources } = this.context;
    const write = () => {
      element.style.cssText = replaceUrls(convertRpx(text), (address) => {
        const ready = resources.ready(address, 'image');
        if (ready !== undefined) return cssUrl(ready);
        // Written again when it is there; a refused address never is, so this ends.
        resources.resolve(address, 'image').then(write, () => undefined);
        return 'none';
      });
    };
    write();
  }

  #text(text: string): string {
    const space = { nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003' }[this.values.space];
    return space === undefined ? text : text.replace(/ /g, space);
  }
}

function parseHtml(html: string): RichNode[] {
  const inert = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  return [...inert.body.childNodes].flatMap((node) => richNode(node, 0));
}

function richNode(node: Node, depth: number): RichNode[] {
  if (node instanceof Text || node.nodeType === Node.TEXT_NODE)
    return [{ type: 'text', text: node.nodeValue ?? '', decoded: true }];
  if (node.nodeType !== Node.ELEMENT_NODE || depth > richLimits.depth) return [];
  const element = node as Element;
  const attrs = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  const children = [...element.childNodes].flatMap((child) => richNode(child, depth + 1));
  return [{ name: element.localName, attrs, children }];
}

const entities: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
};

/** Entities in the texts of a node list; an HTML string was decoded by its parser. */
function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
