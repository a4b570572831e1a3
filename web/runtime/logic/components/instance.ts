/**
 * What app code sees as `this` in a page or component: glass-easel's component behind the members that WeChat
 * documents. One prototype a definition carries the definition's methods; the node itself stays out of sight.
 */
import type { GeneralComponent } from 'glass-easel';
import * as glassEasel from 'glass-easel';
import { selectAll, selectOne } from './select';
import type { ComponentServices } from './services';

type Data = Record<string, unknown>;

/** How a component shows itself to `selectComponent` (`wx://component-export`). */
export type ComponentExport = (this: unknown) => unknown;

const node = Symbol('mezze.node');
const services = Symbol('mezze.services');
const exporting = Symbol('mezze.export');

export class Instance {
  declare [node]: GeneralComponent;
  declare [services]: ComponentServices;
  declare [exporting]?: ComponentExport;

  setData(data: Data, callback?: () => void): void {
    const component = this[node];
    if (typeof data !== 'object' || data === null) {
      this[services].reporter.warn(`setData: expected an object, got ${data === null ? 'null' : typeof data}`);
    } else component.setData(data);
    if (typeof callback !== 'function') return;
    const { reporter } = this[services];
    glassEasel.triggerRender(component, () => reporter.guard('setData callback', () => callback.call(this)));
  }

  updateData(data: Data): void {
    this[node].updateData(data);
  }

  replaceDataOnPath(path: (string | number)[], value: unknown): void {
    this[node].replaceDataOnPath(path, value as never);
  }

  spliceArrayDataOnPath(path: (string | number)[], index: number, deleted: number, inserted: unknown[]): void {
    this[node].spliceArrayDataOnPath(path, index as never, deleted as never, inserted as never);
  }

  applyDataUpdates(): void {
    this[node].applyDataUpdates();
  }

  groupUpdates<T>(callback: () => T): T | undefined {
    return this[node].groupUpdates(() => this[services].reporter.guard('groupUpdates', () => callback.call(this)));
  }

  groupSetData(callback: () => void): void {
    this[services].reporter.guard('groupSetData', () => callback.call(this));
  }

  hasBehavior(behavior: never): boolean {
    return this[node].hasBehavior(behavior);
  }

  triggerEvent(
    name: string,
    detail: unknown = {},
    options: { bubbles?: boolean; composed?: boolean; capturePhase?: boolean } = {},
  ): void {
    const { bubbles = false, composed = false, capturePhase = false } = options ?? {};
    this[node].triggerEvent(name, detail, { bubbles, composed, capturePhase });
  }

  createSelectorQuery(): unknown {
    return this[services].createSelectorQuery(this);
  }

  createIntersectionObserver(options?: object): unknown {
    return this[services].createIntersectionObserver(this, options);
  }

  createMediaQueryObserver(): unknown {
    return this[services].createMediaQueryObserver(this);
  }

  animate(selector: string, keyframes: unknown, duration: unknown, callback?: () => void): void {
    this[services].animate(this, selector, keyframes, duration, callback);
  }

  clearAnimation(selector: string, options?: unknown, callback?: () => void): void {
    this[services].clearAnimation(this, selector, options, callback);
  }

  applyAnimatedStyle(selector: string, make: () => unknown, options?: unknown, callback?: unknown): void {
    this[services].applyAnimatedStyle(this, selector, make, options, callback);
  }

  clearAnimatedStyle(_selector: string, styles?: unknown, callback?: unknown): void {
    this[services].clearAnimatedStyle(this, styles, callback);
  }

  selectComponent(selector: string): unknown {
    const target = selectOne(this[node], selector);
    return target === undefined ? null : exportOf(target);
  }

  selectAllComponents(selector: string): unknown[] {
    return selectAll(this[node], selector)
      .map(exportOf)
      .filter((exported) => exported !== null);
  }

  selectOwnerComponent(): unknown {
    const owner = this[node].ownerShadowRoot?.getHostNode();
    return owner === undefined ? null : exportOf(owner);
  }

  getRelationNodes(key: string): unknown[] {
    return this[node].getRelationNodes(key).map((related) => related.getMethodCaller());
  }

  getTabBar(callback?: (tabBar: unknown) => void): unknown {
    const tabBar = this[services].tabBarOf(this[node]);
    if (typeof callback === 'function') this[services].reporter.guard('getTabBar', () => callback(tabBar));
    return tabBar;
  }

  getPageId(): string {
    return `pageId:${this[services].pageIdOf(this[node])}`;
  }

  getAppBar(): null {
    return null;
  }

  setUpdatePerformanceListener(): void {}
  setPassiveEvent(): void {}
  getPassiveEvent(callback?: (events: object) => void): void {
    callback?.({});
  }
}

/** Readable members that app code may shadow by assigning to them, as WeChat lets it. */
const readable: Record<string, (component: GeneralComponent) => unknown> = {
  is: (component) => component.is,
  id: (component) => component.id,
  dataset: (component) => component.dataset,
  data: (component) => component.data,
  properties: (component) => component.data,
  __data__: (component) => component.data,
};
for (const [name, read] of Object.entries(readable)) defineShadowable(name, (instance) => read(instance[node]));
defineShadowable('renderer', (instance) => instance[services].rendererOf(instance[node]));
for (const name of ['router', 'pageRouter']) {
  defineShadowable(name, (instance) => instance[services].routerOf(instance[node]));
}

function defineShadowable(name: string, read: (instance: Instance) => unknown): void {
  Object.defineProperty(Instance.prototype, name, {
    configurable: true,
    get(this: Instance) {
      return read(this);
    },
    set(this: Instance, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

/** Makes the function that glass-easel calls to get the instance of a new component. */
export function instanceMaker(
  shared: ComponentServices,
  exported: ComponentExport | undefined,
): (this: GeneralComponent) => Instance {
  let prototype: Instance | undefined;
  return function makeInstance(this: GeneralComponent) {
    if (prototype === undefined) {
      prototype = Object.create(Instance.prototype) as Instance;
      Object.assign(prototype, this.getComponentDefinition().behavior.getMethods());
      prototype[services] = shared;
      if (exported !== undefined) prototype[exporting] = exported;
    }
    const instance = Object.create(prototype) as Instance;
    Object.defineProperty(instance, node, { value: this });
    return instance;
  };
}

/** The node behind an instance, or undefined where the value is none. */
export function nodeOf(instance: unknown): GeneralComponent | undefined {
  return instance instanceof Instance ? instance[node] : undefined;
}

export function instanceOf(component: GeneralComponent): Instance | undefined {
  const caller: unknown = component.getMethodCaller();
  return caller instanceof Instance ? caller : undefined;
}

function exportOf(element: glassEasel.Element): unknown {
  const component = element.asGeneralComponent();
  if (component === null) return null;
  const instance = instanceOf(component);
  if (instance === undefined) return null;
  const exported = instance[exporting]?.call(instance);
  return exported === undefined ? instance : exported;
}
