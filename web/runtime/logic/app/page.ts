/** One open page: its component, its link to the page frame, and its lifecycle. */
import {
  Element,
  type GeneralComponent,
  type GeneralComponentDefinition,
  Component as TreeComponent,
} from 'glass-easel';
import type { PageOpen } from '../../protocol/bridge-port';
import type { PageBackend } from '../backend/context';
import type { BackendElement } from '../backend/element';
import { type Instance, instanceOf } from '../components/instance';
import type { EventChannel } from '../support/event-channel';
import { decodePart } from '../support/paths';
import type { Reporter } from '../support/reporter';

/** A page's instance with the members that WeChat gives pages. */
export type PageInstance = Instance & {
  route: string;
  options: Record<string, string>;
  [member: string]: unknown;
};

export class OpenPage {
  readonly component: GeneralComponent;
  readonly instance: PageInstance;
  visible = false;
  private attachedBatch: GeneralComponent[] = [];
  private isReady = false;
  private unloaded = false;
  private tabBarComponent: GeneralComponent | undefined;

  constructor(
    readonly open: PageOpen,
    definition: GeneralComponentDefinition,
    readonly backend: PageBackend,
    private readonly reporter: Reporter,
    opener: EventChannel,
  ) {
    this.component = TreeComponent.createWithContext(open.path, definition, backend) as GeneralComponent;
    const instance = instanceOf(this.component);
    if (instance === undefined) throw new Error(`page "${open.path}" was created without an instance`);
    this.instance = instance as PageInstance;
    Object.assign(this.instance, {
      route: open.path,
      __route__: open.path,
      options: open.query,
      __wxWebviewId__: open.pageId,
      exitState: undefined,
      getOpenerEventChannel: () => opener,
    });
  }

  get id(): number {
    return this.open.pageId;
  }

  /** Draws a custom tab bar beside the page's own content. */
  addTabBar(definition: GeneralComponentDefinition): void {
    const component = TreeComponent.createWithContext('custom-tab-bar', definition, this.backend) as GeneralComponent;
    const host = component.getBackendElement() as BackendElement | null;
    if (host === null) return;
    this.tabBarComponent = component;
    this.backend.stream.root.appendChild(host);
  }

  /** The instance of the custom tab bar, where the page has one. */
  get tabBar(): Instance | undefined {
    return this.tabBarComponent && instanceOf(this.tabBarComponent);
  }

  /** Attaches the page and calls `onLoad`. Query values reach properties of the same name, as in WeChat. */
  load(): void {
    for (const [name, value] of Object.entries(this.open.query)) {
      if (TreeComponent.hasProperty(this.component, name)) {
        // `onLoad` gets what the address says; properties get what it means.
        this.component.replaceDataOnPath([name], decodePart(value) as never);
      }
    }
    if (this.component.hasPendingChanges()) this.component.applyDataUpdates();
    Element.pretendAttached(this.component);
    if (this.tabBarComponent !== undefined) Element.pretendAttached(this.tabBarComponent);
    this.call('onLoad', this.open.query);
  }

  show(): void {
    if (this.visible || this.unloaded) return;
    this.visible = true;
    this.call('onShow');
    this.component.triggerPageLifetime('show', []);
    this.tabBarComponent?.triggerPageLifetime('show', []);
  }

  hide(): void {
    if (!this.visible || this.unloaded) return;
    this.visible = false;
    this.call('onHide');
    this.component.triggerPageLifetime('hide', []);
    this.tabBarComponent?.triggerPageLifetime('hide', []);
  }

  unload(): void {
    if (this.unloaded) return;
    this.visible = false;
    this.call('onUnload');
    this.unloaded = true;
    this.backend.link.close();
    Element.pretendDetached(this.component);
    if (this.tabBarComponent !== undefined) Element.pretendDetached(this.tabBarComponent);
  }

  /** `onReady` is due when the first batch is drawn; `ready` of components with the batch they are drawn in. */
  drawnFirst(): void {
    this.isReady = true;
    this.call('onReady');
  }

  componentAttached(component: GeneralComponent): void {
    this.attachedBatch.push(component);
    if (this.attachedBatch.length > 1) return;
    this.backend.link.queueMicrotask(() => this.backend.render(() => this.readyComponents()));
  }

  private readyComponents(): void {
    const batch = this.attachedBatch;
    this.attachedBatch = [];
    // Children are ready before the components that hold them.
    const depths = new Map(batch.map((component) => [component, depthOf(component)]));
    batch.sort((left, right) => (depths.get(right) ?? 0) - (depths.get(left) ?? 0));
    for (const component of batch) {
      if (Element.isAttached(component)) component.triggerLifetime('ready', []);
    }
    if (!this.isReady && !this.unloaded) this.drawnFirst();
  }

  /** Calls a page method, where the page has it. */
  call(name: string, ...args: unknown[]): unknown {
    const method = this.instance[name];
    if (typeof method !== 'function') return undefined;
    return this.reporter.guard(`${this.open.path} ${name}`, () => method.apply(this.instance, args));
  }

  has(name: string): boolean {
    return typeof this.instance[name] === 'function';
  }
}

function depthOf(component: GeneralComponent): number {
  let depth = 0;
  for (let owner = component.ownerShadowRoot; owner !== null; owner = owner.getHostNode().ownerShadowRoot) depth += 1;
  return depth;
}
