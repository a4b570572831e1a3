/** Writes batches of operations the way a person writes templates: `draw(1, ['view', { class: 'a' }, 'text'])`. */
import { Operation } from '../../protocol';

export type Drawn = string | [tag: string, attributes?: Record<string, unknown>, ...children: Drawn[]];

export class Drawer {
  /** Ids by the `ref` that a node was given. */
  readonly ids = new Map<string, number>();
  #next = 2;

  /** Operations that append a tree to a node; `on:tap`, `catch:tap` and `ref` are understood as attributes. */
  append(parent: number, ...nodes: Drawn[]): unknown[] {
    return nodes.flatMap((node) => {
      const { id, ops } = this.#make(node);
      return [...ops, Operation.appendChild, parent, id];
    });
  }

  id(ref: string): number {
    const id = this.ids.get(ref);
    if (id === undefined) throw new Error(`nothing was drawn as ${ref}`);
    return id;
  }

  #make(node: Drawn): { id: number; ops: unknown[] } {
    const id = this.#next++;
    if (typeof node === 'string') return { id, ops: [Operation.createText, id, node] };
    const [tag, attributes = {}, ...children] = node;
    const ops: unknown[] = [Operation.createElement, id, tag];
    for (const [name, value] of Object.entries(attributes)) ops.push(...this.#attribute(id, name, value));
    ops.push(...this.append(id, ...children));
    return { id, ops };
  }

  #attribute(id: number, name: string, value: unknown): unknown[] {
    if (name === 'ref') {
      this.ids.set(String(value), id);
      return [];
    }
    if (name === 'class') return [Operation.setClass, id, value];
    if (name === 'style') return [Operation.setStyle, id, value];
    if (name === 'id') return [Operation.setId, id, value];
    if (name.startsWith('on:')) return [Operation.setListener, id, name.slice(3), 1];
    if (name.startsWith('catch:')) return [Operation.setListener, id, name.slice(6), 5];
    return [Operation.setAttribute, id, name, value, 0];
  }
}
