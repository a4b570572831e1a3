/**
 * `camera`: the shell opens the device's camera, after it has asked the user, and hands pictures on; this frame only
 * draws them. One picture is on its way at a time, so a slow page gets fewer and never a queue of them.
 */
import { ownEvents } from '../../protocol';
import type { ViewContext } from '../../view/context';
import { HostRefused } from '../../view/host-services';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';
import { glyph } from '../video/glyph';
import { cameraTexts } from './texts';

const defaults = {
  mode: 'normal',
  resolution: 'medium',
  devicePosition: 'back',
  flash: 'auto',
  frameSize: 'medium',
};
type Values = typeof defaults;

const methods: ReadonlySet<string> = new Set(['takePhoto', 'startRecord', 'stopRecord', 'setZoom', 'frames']);

/** What the shell said of the camera it opened. */
interface Opened {
  maxZoom: number;
  facing: string;
}

export class Camera extends Component<Values> {
  readonly #surface = part('mz-camera-surface', this.host, 'canvas') as HTMLCanvasElement;
  readonly #slot = part('mz-camera-slot', this.host);
  readonly #face = part('mz-live-face');
  readonly #words = part('mz-live-words');
  readonly #texts = cameraTexts(this.context);
  #drawing: ImageBitmapRenderingContext | null = null;
  #stopListening: (() => void) | undefined;
  #opening: Promise<Opened> | undefined;
  #reopen: ReturnType<typeof setTimeout> | undefined;
  #frames = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#surface.setAttribute('role', 'img');
    this.#surface.setAttribute('aria-label', this.#texts.camera);
    this.#face.setAttribute('role', 'status');
    this.#face.append(glyph('small'), this.#words);
    this.#words.textContent = this.#texts.opening;
    host.prepend(this.#face);
  }

  override get container(): Node {
    return this.#slot;
  }

  override get accessibleElement(): HTMLElement {
    return this.#surface;
  }

  override get methods(): ReadonlySet<string> {
    return methods;
  }

  override connected(): void {
    this.#open();
  }

  override disconnected(): void {
    clearTimeout(this.#reopen);
    this.#close();
    this.emit('stop', {});
  }

  override visibilityChanged(visible: boolean): void {
    if (!this.host.isConnected) return;
    if (visible) this.#open();
    else {
      this.#close();
      this.emit('stop', {});
    }
  }

  protected override update(name: keyof Values): void {
    if (!this.host.isConnected || this.#opening === undefined) return;
    if (name === 'flash') void this.#ask('camera.change', { flash: this.values.flash }).catch(() => undefined);
    else if (name !== 'mode') {
      // Several attributes change in one turn; the camera is opened once for them.
      clearTimeout(this.#reopen);
      this.#reopen = setTimeout(() => {
        this.#close();
        this.#open();
      }, 0);
    } else void this.#ask('camera.change', { scan: this.values.mode === 'scanCode' }).catch(() => undefined);
  }

  override async invoke(method: string, [first]: readonly unknown[]): Promise<unknown> {
    const opened = await (this.#opening ?? Promise.reject(new Error('camera is not open')));
    const given = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
    switch (method) {
      case 'takePhoto': {
        const mirror = given.selfieMirror !== false && opened.facing === 'front';
        return this.#ask('camera.photo', { quality: String(given.quality ?? 'normal'), mirror });
      }
      case 'startRecord':
        return this.#ask('camera.record', { timeout: Number(given.timeout ?? 30) });
      case 'stopRecord':
        return this.#ask('camera.stop', { compressed: given.compressed === true });
      case 'setZoom': {
        const zoom = Number(given.zoom);
        if (!Number.isFinite(zoom) || zoom < 1) throw new Error('parameter error: parameter.zoom should be at least 1');
        return this.#ask('camera.change', { zoom });
      }
      default:
        this.#frames = first === true;
        return this.#ask('camera.change', { frames: this.#frames });
    }
  }

  #open(): void {
    if (this.#opening !== undefined) return;
    const { services } = this.context;
    this.#stopListening = services.listen(this.node, (name, detail) => this.#told(name, detail));
    const { devicePosition, resolution, frameSize, flash, mode } = this.values;
    this.#words.textContent = this.#texts.opening;
    const opening = this.#ask('camera.open', {
      facing: devicePosition === 'front' ? 'front' : 'back',
      resolution,
      frameSize,
      flash,
      scan: mode === 'scanCode',
    }).then((answer) => {
      const { maxZoom, facing } = (answer ?? {}) as Record<string, unknown>;
      return { maxZoom: Number(maxZoom) || 1, facing: String(facing) };
    });
    this.#opening = opening;
    opening.then(
      ({ maxZoom, facing }) => {
        if (this.#opening !== opening) return;
        this.host.classList.toggle('mz-mirrored', facing === 'front');
        this.emit('initdone', { maxZoom });
        if (this.#frames) void this.#ask('camera.change', { frames: true }).catch(() => undefined);
      },
      (reason: unknown) => {
        if (this.#opening === opening) this.#failed(reason);
      },
    );
  }

  #close(): void {
    if (this.#opening === undefined) return;
    this.#opening = undefined;
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#face.hidden = false;
    void this.#ask('camera.close').catch(() => undefined);
  }

  #failed(reason: unknown): void {
    const message = reason instanceof Error ? reason.message : String(reason);
    const refused = reason instanceof HostRefused && (reason.code === 103 || reason.code === 104);
    this.#words.textContent = refused ? this.#texts.refused : this.#texts.absent;
    this.emit('error', { errMsg: `camera:fail ${message}`, errCode: refused ? 10001 : 10004 });
  }

  #told(name: string, detail: unknown): void {
    if (name === 'camera.picture' && detail instanceof ImageBitmap) this.#draw(detail);
    else if (name === 'camera.frame') {
      this.context.events.coalesce(`camera ${this.node.id}`, () =>
        this.context.events.send(this.node, ownEvents.told, { name: 'frame', value: detail }),
      );
    } else if (name === 'camera.code') this.emit('scancode', { ...(detail as Record<string, unknown>) });
    else if (name === 'camera.ended') {
      this.#opening = undefined;
      this.#face.hidden = false;
      this.#words.textContent = this.#texts.absent;
      this.emit('stop', {});
    }
  }

  #draw(picture: ImageBitmap): void {
    const { width, height } = picture;
    if (this.#surface.width !== width || this.#surface.height !== height) {
      this.#surface.width = width;
      this.#surface.height = height;
    }
    this.#drawing ??= this.#surface.getContext('bitmaprenderer');
    this.#drawing?.transferFromImageBitmap(picture);
    this.#face.hidden = true;
    void this.#ask('camera.drawn').catch(() => undefined);
  }

  #ask(op: string, args: Record<string, unknown> = {}): Promise<unknown> {
    return this.context.services.ask(this.node, op, args);
  }
}
