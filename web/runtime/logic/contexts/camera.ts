/** `CameraContext` and the listener to its frames. */
import { endingMethod, type Target } from './late';

interface Frame {
  width: number;
  height: number;
  data: ArrayBuffer;
}

type FrameCallback = (frame: Frame) => void;

export class CameraContext {
  readonly #target: Target;
  readonly #listeners = new Set<FrameCallback>();
  #timeout: number | undefined;

  constructor(target: Target) {
    this.#target = target;
    target.listen((name, value) => this.#told(name, value));
  }

  /** `{ quality, selfieMirror }`, gives `{ tempImagePath }`. */
  takePhoto(options?: unknown): Promise<unknown> | undefined {
    return endingMethod(this.#target, 'takePhoto')(options);
  }

  /** `{ timeout, timeoutCallback, selfieMirror }`; the callback gets the recording where its time runs out. */
  startRecord(options?: unknown): Promise<unknown> | undefined {
    const { timeoutCallback, ...rest } = (options ?? {}) as Record<string, unknown>;
    return this.#target.end('startRecord', rest, async (args) => {
      const { host, reporter } = this.#target.api;
      const seconds = Math.max(1, Math.min(300, Number(args.timeout ?? 30) || 30));
      await this.#target.ask('startRecord', { ...args, timeout: seconds });
      this.#endTimeout();
      this.#timeout = host.setTimer(() => {
        this.#timeout = undefined;
        this.#target.ask('stopRecord', {}).then(
          (value) => {
            if (typeof timeoutCallback === 'function') reporter.guard('timeoutCallback', () => timeoutCallback(value));
          },
          () => undefined,
        );
      }, seconds * 1000);
      return {};
    });
  }

  /** `{ compressed }`, gives `{ tempThumbPath, tempVideoPath }`. */
  stopRecord(options?: unknown): Promise<unknown> | undefined {
    this.#endTimeout();
    return endingMethod(this.#target, 'stopRecord')(options);
  }

  /** `{ zoom }`, gives the zoom that could be had. */
  setZoom(options?: unknown): Promise<unknown> | undefined {
    return endingMethod(this.#target, 'setZoom')(options);
  }

  onCameraFrame(callback: unknown): CameraFrameListener {
    return new CameraFrameListener(
      this.#target,
      (on) => {
        if (typeof callback !== 'function') return;
        if (on) this.#listeners.add(callback as FrameCallback);
        else this.#listeners.delete(callback as FrameCallback);
      },
      this.#listeners,
    );
  }

  #told(name: string, value: unknown): void {
    if (name !== 'frame') return;
    const { width, height, data } = value as Partial<Frame>;
    if (!(data instanceof ArrayBuffer)) return;
    const { reporter } = this.#target.api;
    for (const callback of this.#listeners) {
      reporter.guard('onCameraFrame', () => callback({ width: Number(width), height: Number(height), data }));
    }
  }

  #endTimeout(): void {
    if (this.#timeout !== undefined) this.#target.api.host.clearTimer(this.#timeout);
    this.#timeout = undefined;
  }
}

class CameraFrameListener {
  readonly #target: Target;
  readonly #switch: (on: boolean) => void;
  readonly #all: ReadonlySet<FrameCallback>;

  constructor(target: Target, toggle: (on: boolean) => void, all: ReadonlySet<FrameCallback>) {
    this.#target = target;
    this.#switch = toggle;
    this.#all = all;
  }

  start(options?: unknown): Promise<unknown> | undefined {
    return this.#target.end('start', options, async () => {
      this.#switch(true);
      await this.#target.ask('frames', true);
      return {};
    });
  }

  stop(options?: unknown): Promise<unknown> | undefined {
    return this.#target.end('stop', options, async () => {
      this.#switch(false);
      if (this.#all.size === 0) await this.#target.ask('frames', false);
      return {};
    });
  }
}
