/**
 * One page in its frame: puts the parts together and owns the port to the logic worker. Made by `attach`, lives until
 * the frame is destroyed or the logic side breaks a rule.
 */

import { onDragClaimed } from '../components/drag';
import { makeComponent, makeTextComponent } from '../components/registry';
import type { LogicToView, ShellToFrame, VeilLook, ViewToLogic, WindowConfig } from '../protocol';
import { AnimationPlayer } from './animation';
import { OperationApplier } from './applier';
import { AttributeWriter } from './attributes';
import type { ViewContext } from './context';
import { Activations } from './events/activation';
import { Hover } from './events/hover';
import { ListenerTable } from './events/listeners';
import { reportMotion } from './events/motion';
import { EventSender } from './events/sender';
import { TouchTracker } from './events/touches';
import type { FrameChannel } from './frame-channel';
import type { HostServices } from './host-services';
import { HandedOver } from './methods/handed-over';
import { type InvokeParts, invoke } from './methods/invoke';
import { Observers } from './methods/observers';
import type { ViewNode } from './node';
import { NodeTable } from './node-table';
import { PageCanvas } from './page/canvas';
import { Keyboard } from './page/keyboard';
import { Overlay } from './page/overlay';
import { PullDown } from './page/pull-down';
import { PageScroll } from './page/scroll';
import { Veil } from './page/veil';
import type { Resources } from './resources';
import { BatchScheduler } from './scheduler';
import { InlineStyles } from './style/inline';
import type { StyleSheets } from './style/sheets';
import { Violation } from './violation';

export type Attach = Extract<ShellToFrame, { k: 'attach' }>;

export class PageView {
  readonly nodes: NodeTable;
  readonly keyboard = new Keyboard();
  readonly #events: EventSender;
  readonly #scheduler: BatchScheduler;
  readonly #invokeParts: InvokeParts;
  readonly #canvas: PageCanvas;
  readonly #startedAt = performance.now();
  readonly #veil: Veil;
  #window: WindowConfig;
  #painted = false;

  constructor(
    private readonly attach: Attach,
    private readonly port: MessagePort,
    private readonly shell: FrameChannel,
    { resources, services }: { resources: Resources; services: HostServices },
    readonly sheets: StyleSheets,
  ) {
    this.#window = attach.window;
    const root = document.createElement('mz-page');
    document.body.append(root);
    this.#veil = new Veil(root);
    const listeners = new ListenerTable();
    this.#events = new EventSender(
      (message) => this.#post(message),
      (message) => shell.send(message),
      listeners,
    );
    this.#canvas = new PageCanvas(root, attach.componentStyle, attach.layout, attach.safeAreaBottom);
    this.nodes = new NodeTable(root, (node, element) => makeComponent(node, element, context));
    const touches = this.#touches();
    const context: ViewContext = {
      nodes: this.nodes,
      events: this.#events,
      resources,
      services,
      touches,
      overlay: new Overlay(),
      keyboard: this.keyboard,
      locale: attach.locale,
      safeAreaBottom: attach.safeAreaBottom,
      pagePath: attach.path,
      page: {
        setExtraStyle: (text) => styles.setExtra(this.nodes.get(1), root, text),
        scrollTo: (options) => scroll.scrollTo(null, options),
      },
      window: () => this.#window,
      warn: (text) => shell.send({ k: 'console', level: 'warn', text }),
    };
    const animations = new AnimationPlayer();
    const attributes = new AttributeWriter({
      nodes: this.nodes,
      animations,
      textComponent: (node: ViewNode, host: HTMLElement) => makeTextComponent(node, host, context),
    });
    const styles = new InlineStyles(resources, () => this.#canvas.changed());
    this.#scheduler = new BatchScheduler({
      applier: new OperationApplier({ nodes: this.nodes, attributes, styles, listeners }),
      settle: () => this.nodes.settle(),
      applied: (seq) => this.#applied(seq),
      failed: (error) => this.#failed(error),
    });
    const pullDown = new PullDown(this.#events, () => this.#window);
    pullDown.configure();
    const scroll = new PageScroll(this.#events, () => this.#window.onReachBottomDistance);
    const observers = new Observers(this.nodes, this.#events);
    this.#invokeParts = { nodes: this.nodes, observers, scroll, pullDown, resources };
    this.#applyWindow();
    addEventListener('resize', () => this.#resized());
    reportMotion(this.#events);
    port.onmessage = (event: MessageEvent<unknown>) => this.#receive(event.data);
  }

  setWindow(window: WindowConfig): void {
    this.#window = window;
    this.#applyWindow();
    this.#invokeParts.pullDown.configure();
  }

  /** Covered by another page or not: carousels and the like rest meanwhile. */
  setVisible(visible: boolean): void {
    for (const component of this.nodes.components()) component.visibilityChanged(visible);
  }

  /** By something of the host's own, which leaves the page where it is. */
  setCovered(covered: boolean): void {
    if (covered) for (const component of this.nodes.components()) component.hostOpened?.();
  }

  /** What scrolls inside the page goes first, as far as it says that it does. */
  toTop(): void {
    const took = [...this.nodes.components()].map((component) => component.backToTop?.() === true);
    if (!took.includes(true)) void this.#invokeParts.scroll.scrollTo(null, { scrollTop: 0, duration: 300 });
  }

  setVeil(look: VeilLook | undefined): void {
    this.#veil.set(look);
  }

  /** Style sheets or the colour scheme changed. */
  restyled(): void {
    this.#canvas.changed();
  }

  #touches(): TouchTracker {
    const activations = new Activations(this.#events);
    const touches = new TouchTracker({
      events: this.#events,
      hover: new Hover((node) => node.component?.disabled() ?? false),
      blocksTap: (node) => activations.blocksTap(node),
      activate: (node, event, detail, points) => activations.tap(node, event, detail, points),
    });
    onDragClaimed(() => touches.cancelTap());
    return touches;
  }

  #applyWindow(): void {
    document.documentElement.classList.toggle('mz-no-scroll', this.#window.disableScroll === true);
    this.#canvas.changed();
  }

  #receive(data: unknown): void {
    const message = data as LogicToView;
    if (typeof data !== 'object' || data === null) {
      this.#failed(new Violation('message', 'it is no object'));
      return;
    }
    if (message.k === 'ops') this.#scheduler.receive(message.seq, message.ops, message.more === true);
    else if (message.k === 'invoke') this.#scheduler.whenApplied(() => void this.#invoke(message));
    else if (message.k === 'seen') this.#events.seen(Number(message.seq));
    else this.#failed(new Violation('message', 'its kind is unknown'));
  }

  async #invoke(message: Extract<LogicToView, { k: 'invoke' }>): Promise<void> {
    const { id, node, method } = message;
    const args: unknown = message.args;
    try {
      if (typeof method !== 'string' || typeof node !== 'number') throw new Error('the method or node is missing');
      const value = await invoke(this.#invokeParts, node, method, Array.isArray(args) ? args : []);
      if (value instanceof HandedOver) this.#post({ k: 'result', id, value: value.value }, value.transfer);
      else this.#post({ k: 'result', id, value });
    } catch (error) {
      this.#post({ k: 'result', id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #applied(seq: number): void {
    this.#canvas.batchApplied();
    this.#post({ k: 'ack', seq });
    if (this.#painted) return;
    this.#painted = true;
    requestAnimationFrame(() => {
      const after = Math.round(performance.now() - this.#startedAt);
      this.shell.send({ k: 'painted', pageId: this.attach.pageId, after });
    });
  }

  #resized(): void {
    for (const component of this.nodes.components()) component.resized();
    this.#canvas.changed();
    this.#events.page('resize', { size: { windowWidth: innerWidth, windowHeight: innerHeight } });
  }

  #failed(error: unknown): void {
    this.#scheduler.close();
    this.port.close();
    const [rule, detail] =
      error instanceof Violation
        ? [error.rule, error.detail]
        : ['operation', error instanceof Error ? error.message : String(error)];
    this.shell.send({ k: 'violation', rule, detail });
  }

  #post(message: ViewToLogic, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }
}
