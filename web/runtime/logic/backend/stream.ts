/**
 * The open batch of one page. Operations are recorded as they happen and posted once a turn; at most two batches
 * are on their way, what happens meanwhile joins the open one.
 */
import type { StyleScopeManager, Element as TreeElement } from 'glass-easel';
import { limits, Operation, type OperationCode } from '../../protocol/operations';
import type { MeasureFields } from '../../protocol/view-methods';
import type { PageLink } from '../bridge/page-link';
import { resolvePath } from '../support/paths';
import { BackendElement } from './element';

/** glass-easel's class list, as far as external classes are resolved through it. */
interface ExternalClasses {
  _$owner?: { _$externalNames?: string[]; _$resolvePrefixes?: ResolvePrefixes } | null;
  _$resolvePrefixes?: ResolvePrefixes;
}
type ResolvePrefixes = (name: string, each: (scope: number | undefined, name: string) => void) => void;

/** How many siblings one operation takes off the page: between two of them the page frame looks at the clock. */
const siblingsAtOnce = 256;

export class OperationStream {
  /** Counts up with every batch posted; an element remembers in which one it wrote its class. */
  batch = 0;
  /** While an event is handled: what is written then knows of it. */
  handling = false;
  readonly root: BackendElement;
  private readonly nodes = new Map<number, BackendElement>();
  private operations: unknown[] = [];
  private scheduled = false;
  private released: number[] = [];
  /** What is forgotten has left the page by batches before: it stands first, to make room for new nodes. */
  private forgetsFirst = false;
  /** What leaves this element has left the page. */
  silent: BackendElement | undefined;
  private nextId = 2;
  private readonly idleFragments: FragmentElement[] = [];

  constructor(
    private readonly link: PageLink,
    private readonly scopes: StyleScopeManager,
    /** Path of a page, against which the view resolves a relative `src` itself. */
    readonly path: string,
  ) {
    this.root = new BackendElement(this, 1, 'page');
    this.nodes.set(1, this.root);
    link.onDrainable(
      () => {
        // What is only forgotten goes after the callbacks that wait for the page.
        if (this.pending) this.post();
        else if (this.released.length > 0) this.schedule();
      },
      () => this.pending,
    );
  }

  /** Records an operation and returns the place of its last operand in the open batch. */
  push(code: OperationCode, ...operands: unknown[]): number {
    if (this.operations.length >= limits.operandsInPart) this.postPart();
    if (this.forgetsFirst) this.writeReleased();
    const place = this.operations.push(code, ...operands) - 1;
    if (!this.scheduled) this.schedule();
    return place;
  }

  /**
   * Forgets a node, at the end of the batch: what goes together mostly has ids in a row, told as one operation. Where
   * much goes, the frame takes it off the page, and says so, while logic still forgets it: that follows by itself.
   */
  release(id: number): void {
    if (this.released.length === 0 && this.operations.length >= limits.operandsBeforeRelease) this.postDrawing();
    this.released.push(id);
    if (!this.scheduled) this.schedule();
  }

  /**
   * Takes siblings off the page, in their order, and then runs `forget`, which takes them out of the tree once more: what
   * it tells of their parent is left out.
   */
  removeAtOnce(parent: BackendElement, children: readonly BackendElement[], forget: () => void): void {
    for (let at = 0; at < children.length; at += siblingsAtOnce) {
      const first = children[at] as BackendElement;
      this.push(Operation.spliceRemove, parent.id, first.id, Math.min(siblingsAtOnce, children.length - at));
    }
    this.postDrawing();
    this.silent = parent;
    try {
      forget();
    } finally {
      this.silent = undefined;
    }
  }

  private writeReleased(): void {
    const ids = this.released.sort((one, other) => one - other);
    for (let at = 0; at < ids.length; ) {
      const first = ids[at] as number;
      let count = 1;
      while (ids[at + count] === first + count) count += 1;
      this.operations.push(Operation.release, first, count);
      at += count;
    }
    this.released = [];
    this.forgetsFirst = false;
  }

  /** A large batch goes out in parts: both threads work on it at once. */
  private postPart(): void {
    if (this.link.closed || !this.link.canPost()) return;
    this.link.postPart(this.operations);
    this.renew();
  }

  /** What elements noted about the old operations' places holds no more. */
  private renew(): void {
    this.operations = [];
    this.batch += 1;
  }

  /** Puts another operand in a place that `push` returned for the batch that is still open. */
  replace(place: number, operand: unknown): void {
    this.operations[place] = operand;
  }

  now(): number {
    return this.link.now();
  }

  private schedule(): void {
    this.scheduled = true;
    this.link.queueMicrotask(() => this.post());
  }

  private post(): void {
    this.scheduled = this.pending;
    if (this.link.closed) this.renew();
    if (!this.pending) {
      if (this.released.length === 0) return;
      // It changes nothing on the page, and waits until the frame has done what does.
      this.forgetsFirst = true;
      if (!this.link.isQuiet) return;
    }
    if (!this.link.canPost()) return;
    this.writeReleased();
    this.scheduled = false;
    this.postDrawing();
  }

  private postDrawing(): void {
    if (this.link.closed || !this.link.canPost()) return;
    const { operations } = this;
    this.renew();
    this.link.postOperations(operations);
  }

  /** Whether something was recorded that changes the page and has not been posted. */
  get pending(): boolean {
    return this.operations.length > 0 || this.link.partPosted;
  }

  createElement(tag: string): BackendElement {
    const element = new BackendElement(this, this.nextId++, tag);
    this.nodes.set(element.id, element);
    this.push(Operation.createElement, element.id, tag);
    return element;
  }

  createText(text: string): BackendElement {
    const element = new BackendElement(this, this.nextId++, '#text');
    this.push(Operation.createText, element.id, text);
    return element;
  }

  /** Fragments are empty again once inserted, so a released one serves the next splice. */
  createFragment(): BackendElement {
    const idle = this.idleFragments.pop();
    if (idle !== undefined) return idle;
    const fragment = new FragmentElement(this, this.nextId++, '#fragment');
    this.push(Operation.createFragment, fragment.id);
    return fragment;
  }

  recycle(fragment: FragmentElement): void {
    this.idleFragments.push(fragment);
  }

  forget(element: BackendElement): void {
    this.nodes.delete(element.id);
  }

  element(id: number): BackendElement | undefined {
    return this.nodes.get(id);
  }

  scopedClass(name: string, scope: number | undefined): string {
    const prefix = scope === undefined ? '' : this.scopes.queryName(scope);
    return prefix ? `${prefix}--${name}` : name;
  }

  /** What an external class of the surrounding component stands for, or undefined where the name is none. */
  externalClass(name: string, element: TreeElement | undefined): string[] | undefined {
    const list = element?.classList as unknown as ExternalClasses | null | undefined;
    if (!list?._$owner?._$externalNames?.includes(name)) return undefined;
    const names: string[] = [];
    list._$resolvePrefixes?.(name, (scope, resolved) => names.push(this.scopedClass(resolved, scope)));
    return names;
  }

  /** A relative file name in a component's template is a file beside that component. */
  absolutePath(value: string, element: TreeElement | undefined): string {
    if (value.startsWith('//') || /^[a-z][a-z0-9+.-]*:/i.test(value)) return value;
    const owner = element?.ownerShadowRoot?.getHostNode().is;
    if (value.startsWith('/')) return owner?.startsWith('__plugin__/') ? `/${resolvePath(owner, value)}` : value;
    return owner === undefined || owner === this.path ? value : `/${resolvePath(owner, value)}`;
  }

  measure(node: number, fields: MeasureFields): Promise<Record<string, unknown> | null> {
    return this.link.invoke(node, 'fields', [fields]).then(
      (value) => (typeof value === 'object' ? (value as Record<string, unknown> | null) : null),
      () => null,
    );
  }
}

class FragmentElement extends BackendElement {
  override release(): void {
    this.stream.recycle(this);
  }
}
