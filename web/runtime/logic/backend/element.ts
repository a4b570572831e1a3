/**
 * A node of the composed tree as glass-easel draws it: each call becomes an operation in the page's stream.
 * Class and style changes of one batch are written once: the operation's text is replaced in the batch that is
 * still open, so ten changes to a node in a turn cost one operation.
 */
import type { composedBackend, Element as TreeElement } from 'glass-easel';
import { ListenerFlag, Operation } from '../../protocol/operations';
import type { ViewEvent } from '../../protocol/page-port';
import { attributeValue, namesClasses, resolvesAgainstComponent } from './attributes';
import { FieldEcho } from './field-echo';
import type { OperationStream } from './stream';

/** How deep a listener changes an event, as glass-easel numbers it: nothing, `mut-bind`, `catch`. */
type MutationLevel = 0 | 1 | 2;

export class BackendElement implements composedBackend.Element {
  __wxElement?: TreeElement;
  /** Number of the last event of this node that was handed to the app. */
  private seen = 0;
  private echo: FieldEcho | undefined;
  /** The `canvas-id` of a canvas. */
  declare canvasId?: string;
  /** Hears what the frame tells the context object of this node. */
  declare told: ((name: string, value: unknown) => void) | undefined;
  modelListeners: Map<string, (value: unknown) => void> | undefined;
  private classes = '';
  private classBatch = -1;
  private classSlot = 0;
  private styleBatch = -1;
  private styleSlot = 0;
  private listeners: Record<string, number> | undefined;
  private styleScope = 0;
  private extraStyleScope: number | undefined;

  constructor(
    readonly stream: OperationStream,
    readonly id: number,
    readonly tag: string,
  ) {}

  /** An event of this node is about to be handed to the app. */
  received({ type, detail, seq }: ViewEvent): void {
    this.seen = Math.max(this.seen, seq || 0);
    if (type !== 'input') return;
    this.echo ??= new FieldEcho();
    this.echo.reported(detail.value, this.seen, this.stream.now());
  }

  release(): void {
    this.stream.forget(this);
    this.stream.release(this.id);
  }

  associateValue(element: TreeElement): void {
    this.__wxElement = element;
  }

  appendChild(child: BackendElement): void {
    this.stream.push(Operation.appendChild, this.id, child.id);
  }

  removeChild(child: BackendElement): void {
    if (this.stream.silent !== this) this.stream.push(Operation.removeChild, this.id, child.id);
  }

  insertBefore(child: BackendElement, before: BackendElement): void {
    this.stream.push(Operation.insertBefore, this.id, child.id, before.id);
  }

  replaceChild(child: BackendElement, oldChild: BackendElement): void {
    this.stream.push(Operation.replaceChild, this.id, child.id, oldChild.id);
  }

  spliceBefore(before: BackendElement, deleteCount: number, list: BackendElement): void {
    this.stream.push(Operation.spliceBefore, this.id, before.id, deleteCount, list.id);
  }

  spliceAppend(list: BackendElement): void {
    this.stream.push(Operation.spliceAppend, this.id, list.id);
  }

  spliceRemove(before: BackendElement, deleteCount: number): void {
    if (this.stream.silent === this) return;
    this.stream.push(Operation.spliceRemove, this.id, before.id, deleteCount);
  }

  setId(id: string): void {
    this.stream.push(Operation.setId, this.id, id);
  }

  setStyleScope(styleScope: number, extraStyleScope?: number): void {
    this.styleScope = styleScope;
    this.extraStyleScope = extraStyleScope;
  }

  setStyle(styleText: string): void {
    if (this.styleBatch === this.stream.batch) {
      this.stream.replace(this.styleSlot, styleText);
      return;
    }
    this.styleBatch = this.stream.batch;
    this.styleSlot = this.stream.push(Operation.setStyle, this.id, styleText);
  }

  addClass(name: string, styleScope?: number): void {
    const scoped = this.stream.scopedClass(name, styleScope);
    this.classes = this.classes === '' ? scoped : `${this.classes} ${scoped}`;
    this.writeClasses();
  }

  removeClass(name: string, styleScope?: number): void {
    const scoped = this.stream.scopedClass(name, styleScope);
    const names = this.classes.split(' ');
    const index = names.indexOf(scoped);
    if (index >= 0) names.splice(index, 1);
    this.classes = names.join(' ');
    this.writeClasses();
  }

  clearClasses(): void {
    this.classes = '';
    this.writeClasses();
  }

  private writeClasses(): void {
    if (this.classBatch === this.stream.batch) {
      this.stream.replace(this.classSlot, this.classes);
      return;
    }
    this.classBatch = this.stream.batch;
    this.classSlot = this.stream.push(Operation.setClass, this.id, this.classes);
  }

  setAttribute(name: string, value: unknown): void {
    if (this.tag === 'canvas' && (name === 'canvas-id' || name === 'canvasId')) this.canvasId = String(value ?? '');
    let sent = attributeValue(value);
    if (typeof sent === 'string' && sent !== '') {
      if (namesClasses(name)) sent = this.scopedClasses(sent);
      else if (resolvesAgainstComponent(this.tag, name)) sent = this.stream.absolutePath(sent, this.__wxElement);
    }
    this.stream.push(Operation.setAttribute, this.id, name, sent, this.numberFor(name, sent));
  }

  /** The number of the last event that a write knows of. */
  private numberFor(name: string, value: unknown): number {
    if (name !== 'value' || this.echo === undefined || this.stream.handling) return this.seen;
    return this.echo.numberOf(value, this.stream.now()) ?? this.seen;
  }

  /** Class names in an attribute (`hover-class`), with the prefixes that the same names in `class` would get. */
  private scopedClasses(names: string): string {
    const scoped: string[] = [];
    for (const name of names.split(/\s+/)) {
      if (name === '') continue;
      const aliases = this.stream.externalClass(name, this.__wxElement);
      if (aliases !== undefined) scoped.push(...aliases);
      else {
        if (this.extraStyleScope !== undefined) scoped.push(this.stream.scopedClass(name, this.extraStyleScope));
        scoped.push(this.stream.scopedClass(name, this.styleScope));
      }
    }
    return scoped.join(' ');
  }

  removeAttribute(name: string): void {
    this.stream.push(Operation.removeAttribute, this.id, name);
  }

  setText(content: string): void {
    this.stream.push(Operation.setText, this.id, content);
  }

  setModelBindingStat(name: string, listener: ((value: unknown) => void) | null): void {
    this.modelListeners ??= new Map();
    if (listener === null) this.modelListeners.delete(name);
    else this.modelListeners.set(name, listener);
    this.stream.push(Operation.setModelBinding, this.id, name, listener === null ? 0 : 1);
  }

  setListenerStats(type: string, capture: boolean, mutationLevel: MutationLevel): void {
    this.listeners ??= {};
    const before = this.listeners[type] ?? 0;
    let flags = before | (capture ? ListenerFlag.capture : ListenerFlag.bubble);
    if (mutationLevel === 2) flags |= ListenerFlag.catch;
    if (mutationLevel === 1) flags |= ListenerFlag.mutated;
    if (flags === before) return;
    this.listeners[type] = flags;
    this.stream.push(Operation.setListener, this.id, type, flags);
  }

  getBoundingClientRect(callback: (rect: { left: number; top: number; width: number; height: number }) => void): void {
    this.stream.measure(this.id, { rect: true, size: true }).then((fields) =>
      callback({
        left: Number(fields?.left ?? 0),
        top: Number(fields?.top ?? 0),
        width: Number(fields?.width ?? 0),
        height: Number(fields?.height ?? 0),
      }),
    );
  }
}
