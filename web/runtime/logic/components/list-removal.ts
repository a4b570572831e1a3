/**
 * Takes items of a list off the page before glass-easel takes them out of its tree: one operation for many of them, which
 * the page frame carries out while logic still goes through their nodes.
 */
import { Element, ShadowRoot, Component as TreeComponent, type Node as TreeNodeOfEasel } from 'glass-easel';
import { BackendElement } from '../backend/element';
import type { TreeNode } from './template-code';

/** Fewer than these are taken out the usual way. */
const fewest = 32;

/** Removes items, of which none holds a component or a slot, from a list's node. */
export function removeItems(list: TreeNode, start: number, count: number): void {
  const node = list as unknown as Element;
  const parent = count < fewest ? undefined : parentOnPage(node);
  const tops = parent && topElements(node.childNodes.slice(start, start + count));
  if (parent === undefined || tops === undefined) list.removeChildren(start, count);
  else parent.stream.removeAtOnce(parent, tops, () => list.removeChildren(start, count));
}

/** What a list's elements are children of on the page; undefined where they go through a component's slot. */
function parentOnPage(list: Element): BackendElement | undefined {
  for (let above = list.parentNode; above !== null; above = above.parentNode) {
    if (ShadowRoot.isShadowRoot(above)) return onPage(above.getHostNode());
    if (TreeComponent.isComponent(above)) return undefined;
    if (!above.isVirtual()) return onPage(above);
  }
  return undefined;
}

/** Elements and texts that stand for nodes on the page, in their order; undefined where that can't be told. */
function topElements(nodes: readonly TreeNodeOfEasel[]): BackendElement[] | undefined {
  const tops: BackendElement[] = [];
  return addTops(nodes, tops) ? tops : undefined;
}

function addTops(nodes: readonly TreeNodeOfEasel[], tops: BackendElement[]): boolean {
  for (const node of nodes) {
    const element = node.asElement();
    if (element?.isVirtual()) {
      if (Element.getSlotName(element) !== undefined || !addTops(element.childNodes, tops)) return false;
      continue;
    }
    const top = onPage(node);
    if (top === undefined || TreeComponent.isComponent(node)) return false;
    tops.push(top);
  }
  return true;
}

function onPage(node: TreeNodeOfEasel): BackendElement | undefined {
  const found: unknown = node.getBackendElement();
  return found instanceof BackendElement ? found : undefined;
}
