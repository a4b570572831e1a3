/** The screen and the device's power, as far as a browser lets a page. */
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { begin, end } from './running';

type Args = Record<string, unknown>;

const awake = 'screen';

export const screenApis = {
  /** The screen stays on while the app is in front. */
  async setKeepScreenOn({ app }: CallContext, args: Args): Promise<void> {
    if (args.keepScreenOn !== true) {
      end(app, awake);
      return;
    }
    if (!('wakeLock' in navigator)) fail('this browser can not keep the screen on');
    const keeper = new ScreenKeeper();
    await keeper.hold().catch((failure: unknown) => fail(String(failure)));
    const stop = app.subscribe(() => void (app.inFront ? keeper.hold().catch(() => undefined) : keeper.release()));
    begin(app, awake, () => {
      stop();
      keeper.end();
    });
  },
  async getBatteryInfo(): Promise<Args> {
    const battery = await batteryState();
    return battery ?? fail('this browser does not tell the battery');
  },
};

/** A wake lock ends when the page is hidden; it is taken again when it shows. */
class ScreenKeeper {
  #lock: Promise<WakeLockSentinel> | undefined;
  readonly #seen = () => {
    if (document.visibilityState === 'visible' && this.#lock !== undefined) void this.#take().catch(() => undefined);
  };

  constructor() {
    document.addEventListener('visibilitychange', this.#seen);
  }

  async hold(): Promise<void> {
    if (this.#lock === undefined) await this.#take();
  }

  async release(): Promise<void> {
    const lock = this.#lock;
    this.#lock = undefined;
    await (await lock?.catch(() => undefined))?.release();
  }

  end(): void {
    document.removeEventListener('visibilitychange', this.#seen);
    void this.release();
  }

  async #take(): Promise<void> {
    this.#lock = navigator.wakeLock.request('screen');
    await this.#lock;
  }
}

interface BatteryManager extends EventTarget {
  level: number;
  charging: boolean;
}

export interface BatteryState extends Record<string, unknown> {
  /** Percent. */
  level: number;
  isCharging: boolean;
}

async function manager(): Promise<BatteryManager | undefined> {
  const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<BatteryManager> };
  return getBattery?.call(navigator).catch(() => undefined);
}

export async function batteryState(): Promise<BatteryState | undefined> {
  const battery = await manager();
  return battery && { level: Math.round(battery.level * 100), isCharging: battery.charging };
}

/** Calls back with the state now and on every change, until the returned function is called. */
export function watchBattery(changed: (state: BatteryState) => void): () => void {
  let stopped = false;
  let stop = () => {
    stopped = true;
  };
  void manager().then((battery) => {
    if (battery === undefined || stopped) return;
    const tell = () => changed({ level: Math.round(battery.level * 100), isCharging: battery.charging });
    const names = ['levelchange', 'chargingchange'];
    for (const name of names) battery.addEventListener(name, tell);
    stop = () => {
      for (const name of names) battery.removeEventListener(name, tell);
    };
    tell();
  });
  return () => stop();
}
