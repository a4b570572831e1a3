/** What the logic side may ask of the page or of a node (protocol/view-methods.ts). Arguments are checked here. */
import type { MeasureFields, ObserveRequest } from '../../protocol';
import { animate } from '../animation';
import type { ViewNode } from '../node';
import type { NodeTable } from '../node-table';
import type { PullDown } from '../page/pull-down';
import type { PageScroll } from '../page/scroll';
import type { Resources } from '../resources';
import { addFont } from './font';
import { fieldsOf, rectangleOf, scrollOffsetOf } from './measure';
import type { Observers } from './observers';
import { readPicture } from './picture';

export interface InvokeParts {
  nodes: NodeTable;
  observers: Observers;
  scroll: PageScroll;
  pullDown: PullDown;
  resources: Resources;
}

type Method = (parts: InvokeParts, node: ViewNode | null, args: readonly unknown[]) => unknown;

const methods: Record<string, Method> = {
  measure: ({ nodes }, _node, [requests]) =>
    list(requests)
      .slice(0, 10_000)
      .map((request) => measureOne(nodes, request)),
  boundingClientRect: (_parts, node) => rectangleOf(node),
  scrollOffset: (_parts, node) => scrollOffsetOf(node),
  fields: (_parts, node, [fields]) => fieldsOf(node, record(fields) as MeasureFields),
  pageScrollTo: ({ scroll }, node, [options]) => scroll.scrollTo(node, record(options)),
  startPullDownRefresh: ({ pullDown }) => pullDown.start(),
  stopPullDownRefresh: ({ pullDown }) => pullDown.stop(),
  observe: ({ observers }, node, [request]) => observers.observe(element(node), observeRequest(request)),
  unobserve: ({ observers }, _node, [observer]) => observers.unobserve(Number(observer)),
  observeMedia: ({ observers }, _node, [observer, query]) => observers.observeMedia(Number(observer), String(query)),
  unobserveMedia: ({ observers }, _node, [observer]) => observers.unobserveMedia(Number(observer)),
  animate: (_parts, node, [keyframes, timing]) => animate(dom(node), keyframes, timing),
  clearAnimation: (_parts, node) => {
    for (const animation of dom(node).getAnimations()) animation.cancel();
  },
  picture: ({ resources }, _node, [src]) => readPicture(resources, src),
  loadFontFace: (_parts, _node, [font]) => addFont(font),
  hideKeyboard: () => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined),
  selectedTextRange: () => selectedRange(),
};

/** Carries out one `invoke`; throws with a reason where it can't be. */
export async function invoke(
  parts: InvokeParts,
  nodeId: number,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  const node = nodeId === 0 ? null : parts.nodes.find(nodeId);
  if (node === undefined) throw new Error(`there is no node ${nodeId} on this page`);
  if (Object.hasOwn(methods, method)) return methods[method]?.(parts, node, args);
  if (node?.component?.methods.has(method)) return node.component.invoke(method, args);
  throw new Error(`${node === null ? 'the page' : node.tag} has no method ${method}`);
}

function measureOne(nodes: NodeTable, request: unknown): Record<string, unknown> | null {
  const { node, fields } = record(request);
  if (node === 0) return fieldsOf(null, record(fields) as MeasureFields);
  const found = nodes.find(node);
  return found === undefined ? null : fieldsOf(found, record(fields) as MeasureFields);
}

function observeRequest(value: unknown): ObserveRequest {
  const given = record(value);
  const thresholds = list(given['thresholds']).filter((entry) => typeof entry === 'number');
  const relativeTo = list(given['relativeTo']).map((entry) => {
    const { node, margins } = record(entry);
    return { node: Number(node ?? 0), margins: record(margins) };
  });
  return {
    observer: Number(given['observer']),
    relativeTo,
    thresholds,
    initialRatio: Number(given['initialRatio'] ?? 0),
  };
}

function selectedRange(): { start: number; end: number } {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return { start: field.selectionStart ?? 0, end: field.selectionEnd ?? 0 };
  }
  throw new Error('no field has the focus');
}

function element(node: ViewNode | null): ViewNode {
  if (node === null || node.element === null) throw new Error('the method needs an element');
  return node;
}

function dom(node: ViewNode | null): HTMLElement {
  const found = element(node).element;
  if (found === null) throw new Error('the method needs an element');
  return found;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
