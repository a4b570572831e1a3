/** A part of the page whose selected text is reported; the browser's own menu can be kept away. */
import type { ViewContext } from '../view/context';
import { plainRectangle } from '../view/methods/measure';
import { nearestViewNode, type ViewNode } from '../view/node';
import { Component } from './component';

const defaults = { disableContextMenu: false };
const methodNames: ReadonlySet<string> = new Set(['selectRange', 'setBaseAndExtent', 'removeSelection']);

export class Selection extends Component<typeof defaults> {
  #collapsed = true;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.addEventListener('contextmenu', (event) => {
      if (this.values.disableContextMenu) event.preventDefault();
    });
  }

  override get methods(): ReadonlySet<string> {
    return methodNames;
  }

  override invoke(method: string, [first, second, third, fourth]: readonly unknown[]): undefined {
    if (method === 'removeSelection') {
      if (this.#holdsSelection()) getSelection()?.removeAllRanges();
      return;
    }
    const [from, to] =
      method === 'selectRange'
        ? [placeOf(this.host, Number(first)), placeOf(this.host, Number(second))]
        : [placeOf(this.#text(first), Number(second)), placeOf(this.#text(third), Number(fourth))];
    getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  #text(id: unknown): Element {
    const found = this.host.querySelector(`[id="${CSS.escape(String(id))}"]`);
    if (found === null) throw new Error(`there is no text "${String(id)}" in the selection`);
    return found;
  }

  #holdsSelection(): boolean {
    const anchor = getSelection()?.anchorNode;
    return anchor != null && this.host.contains(anchor);
  }

  override connected(): void {
    document.addEventListener('selectionchange', this.#changed);
  }

  override disconnected(): void {
    document.removeEventListener('selectionchange', this.#changed);
  }

  readonly #changed = () => {
    if (!this.context.events.listeners.has(this.node, 'selectionchange')) return;
    const selection = getSelection();
    if (selection === null || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const touches = this.host.contains(range.startContainer) || this.host.contains(range.endContainer);
    const collapsed = selection.isCollapsed || !touches;
    // Somebody else's selection is none of this one's business, but the end of its own is.
    if (collapsed && this.#collapsed) return;
    this.#collapsed = collapsed;
    const detail = collapsed ? nothingSelected : this.#describe(selection.toString(), range);
    this.context.events.coalesce(`selection ${this.node.id}`, () =>
      this.context.events.component(this.node, 'selectionchange', detail),
    );
  };

  #describe(selectedString: string, range: Range): Record<string, unknown> {
    const [firstNodeId, firstOffset] = this.#end(range.startContainer, range.startOffset);
    const [lastNodeId, lastOffset] = this.#end(range.endContainer, range.endOffset);
    const first = range.getClientRects()[0] ?? range.getBoundingClientRect();
    const firstRangeRect = { ...plainRectangle(first), x: first.x, y: first.y };
    return { isCollapsed: false, selectedString, firstNodeId, firstOffset, lastNodeId, lastOffset, firstRangeRect };
  }

  /** Id of the text that an end of the selection is in, and how many characters before it; null outside. */
  #end(container: Node, offset: number): [id: string, offset: number | null] {
    if (!this.host.contains(container)) return ['', null];
    let element: Element | null = nearestViewNode(container)?.element ?? null;
    while (element !== null && element !== this.host && element.id === '') element = element.parentElement;
    if (element === null || element === this.host) return ['', offset];
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(container, offset);
    return [element.id, before.toString().length];
  }
}

/** The place behind so many characters of an element's text; its end where there are fewer. */
function placeOf(element: Element, characters: number): { node: Node; offset: number } {
  let left = Math.max(0, Math.trunc(characters) || 0);
  let last: { node: Node; offset: number } = { node: element, offset: 0 };
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (left <= length) return { node, offset: left };
    left -= length;
    last = { node, offset: length };
  }
  return last;
}

const nothingSelected = {
  isCollapsed: true,
  selectedString: '',
  firstNodeId: '',
  firstOffset: null,
  lastNodeId: '',
  lastOffset: null,
  firstRangeRect: null,
};
