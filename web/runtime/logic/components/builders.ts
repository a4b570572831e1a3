/**
 * `list-builder` and `grid-builder`: what they hold is drawn once for each item that is near the window. They are
 * components here and not built-ins of the view alone, since only glass-easel can repeat a slot (`slot:item`).
 *
 * The page frame says which items are near (`range`), by scroll offset and the items' height; far items are given back.
 * Where a list's items differ in height (`type="dynamic"`), and in a grid of rows, the page frame measures those that
 * are drawn and says how much room the others take. A masonry keeps what it drew: where a far item would stand depends
 * on all before it.
 */
import { type ComponentSpace, Element, type GeneralComponent, type ShadowRoot, type templateEngine } from 'glass-easel';
import type { BackendElement } from '../backend/element';
import { instanceMaker } from './instance';
import type { ComponentServices } from './services';

/** Where the space knows them, by tag. */
export const builderPaths: Readonly<Record<string, string>> = {
  'list-builder': '/mezze.builders/list-builder',
  'grid-builder': '/mezze.builders/grid-builder',
};

/** Attributes that the page frame's part of each lays out by. */
const layout = {
  'list-builder': ['padding'],
  'grid-builder': ['type', 'crossAxisCount', 'maxCrossAxisExtent', 'mainAxisGap', 'crossAxisGap', 'padding'],
} as const;

const properties = {
  list: { type: Array, value: [] as unknown[] },
  childCount: { type: Number, value: -1 },
  childHeight: { type: Number, value: 0 },
  type: { type: String, value: '' },
  crossAxisCount: { type: Number, value: 2 },
  maxCrossAxisExtent: { type: Number, value: 0 },
  mainAxisGap: { type: Number, value: 0 },
  crossAxisGap: { type: Number, value: 0 },
  padding: { type: Array, value: [] as unknown[] },
};

/** How many items are drawn before the page frame has said anything. */
const atFirst = 20;

export function defineBuilders(space: ComponentSpace, services: ComponentServices): void {
  for (const [tag, path] of Object.entries(builderPaths)) {
    space
      .defineWithMethodCaller(path.slice(1))
      .methodCallerInit(instanceMaker(services, undefined) as never)
      .options({ dynamicSlots: true, templateEngine: engineFor(tag as keyof typeof layout) })
      .definition({ properties } as never)
      .registerComponent();
  }
}

function engineFor(tag: keyof typeof layout): templateEngine.TemplateEngine {
  return {
    create: () => ({
      createInstance: (host, createShadowRoot) => new Builder(tag, host, createShadowRoot(host)),
    }),
  };
}

interface Data {
  list: unknown[];
  childCount: number;
  childHeight: number;
  type: string;
  [name: string]: unknown;
}

class Builder implements templateEngine.TemplateInstance {
  private readonly slots = new Map<number, Element>();
  private readonly before: Element;
  private readonly after: Element;
  private data: Data | undefined;
  private first = 0;
  private end = 0;
  /** Room of what is not drawn before and after, CSS pixels, where items differ in height. */
  private room = { before: 0, after: 0 };

  constructor(
    private readonly tag: keyof typeof layout,
    private readonly host: GeneralComponent,
    readonly shadowRoot: ShadowRoot,
  ) {
    this.before = shadowRoot.createNativeNode('view');
    this.after = shadowRoot.createNativeNode('view');
  }

  initValues(data: unknown): void {
    this.data = data as Data;
    this.shadowRoot.appendChild(this.before);
    this.shadowRoot.appendChild(this.after);
    const backend = this.host.getBackendElement() as BackendElement | null;
    if (backend !== null) backend.told = (name, value) => name === 'range' && this.near(value);
    this.show(0, atFirst);
    this.describe();
  }

  updateValues(data: unknown): void {
    this.data = data as Data;
    for (const [index, slot] of this.slots) {
      if (index >= this.count) continue;
      this.shadowRoot.replaceSlotValue(slot, 'item', this.data.list[index]);
      this.shadowRoot.applySlotValueUpdates(slot);
    }
    this.show(this.first, Math.max(this.end, atFirst));
    this.describe();
  }

  private get count(): number {
    const { list, childCount } = this.data ?? { list: [], childCount: 0 };
    const length = Array.isArray(list) ? list.length : 0;
    return childCount >= 0 ? Math.min(childCount, length) : length;
  }

  /** Height of every item, or 0 where they differ. */
  private get height(): number {
    return this.tag === 'list-builder' && this.data?.type !== 'dynamic' ? Math.max(0, this.data?.childHeight ?? 0) : 0;
  }

  /** Tells the page frame what it lays out and watches by. */
  private describe(): void {
    const backend = this.host.getBackendElement() as BackendElement | null;
    if (backend === null || this.data === undefined) return;
    for (const name of layout[this.tag]) {
      const value = this.data[name];
      if (value !== '' && !(Array.isArray(value) && value.length === 0)) backend.setAttribute(name, value);
    }
    const { count, height, first, end } = this;
    backend.setAttribute('mezze.builder', { count, height, first, end, measured: this.measured });
  }

  /** Whether the page frame measures the items, since their heights differ. */
  private get measured(): boolean {
    return this.height === 0 && (this.tag === 'list-builder' || this.data?.type !== 'masonry');
  }

  private near(range: unknown): void {
    const { first, end, before = 0, after = 0 } = (range ?? {}) as Record<string, unknown>;
    if (typeof first !== 'number' || typeof end !== 'number') return;
    if (this.height > 0) this.show(first, end);
    else if (this.measured && isRoom(before) && isRoom(after)) {
      this.room = { before, after };
      this.show(first, end);
      this.describe();
    } else this.show(0, Math.max(this.end, end));
  }

  private show(first: number, end: number): void {
    const { count, height } = this;
    this.end = Math.max(0, Math.min(count, Math.ceil(end)));
    this.first = Math.max(0, Math.min(this.end, Math.floor(first)));
    for (const [index, slot] of this.slots) {
      if (index >= this.first && index < this.end) continue;
      this.slots.delete(index);
      this.shadowRoot.removeChild(slot);
      this.host.triggerEvent('itemdispose', { index }, {});
    }
    for (let index = this.end - 1; index >= this.first; index -= 1) if (!this.slots.has(index)) this.build(index);
    const room = this.measured ? this.room : { before: height * this.first, after: height * (count - this.end) };
    const spacer = (element: Element, space: number) =>
      // In a grid it takes the place of whole rows.
      element.setNodeStyle(`display:${space > 0 ? 'block' : 'none'};height:${space}px;grid-column:1/-1`);
    spacer(this.before, this.first > 0 ? room.before : 0);
    spacer(this.after, this.end < count ? room.after : 0);
  }

  /** From the last to the first, so that the item that comes after is there already. */
  private build(index: number): void {
    const slot = this.shadowRoot.createVirtualNode('slot');
    slot.destroyBackendElementOnRemoval();
    Element.setSlotName(slot, '');
    this.shadowRoot.replaceSlotValue(slot, 'item', this.data?.list[index]);
    this.shadowRoot.replaceSlotValue(slot, 'index', index);
    const next = this.slots.get(index + 1);
    this.slots.set(index, slot);
    this.shadowRoot.insertBefore(slot, next ?? this.following(index));
    this.host.triggerEvent('itembuild', { index }, {});
  }

  private following(index: number): Element {
    const later = [...this.slots.keys()].filter((other) => other > index);
    return later.length === 0 ? this.after : (this.slots.get(Math.min(...later)) ?? this.after);
  }
}

/** CSS pixels that a list may be long. */
const isRoom = (space: unknown): space is number => typeof space === 'number' && space >= 0 && space < 1e8;
