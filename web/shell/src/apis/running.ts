/** What an app started and what ends with it: sensors, watches, connections. One of a kind for an app. */
import type { MiniApp } from '../miniapp/mini-app';

const running = new WeakMap<MiniApp, Map<string, () => void>>();

/** Remembers how to stop `name`; one that ran before is stopped. */
export function begin(app: MiniApp, name: string, stop: () => void): void {
  let own = running.get(app);
  if (own === undefined) {
    const made = new Map<string, () => void>();
    own = made;
    running.set(app, made);
    app.whenEnds(() => {
      for (const end of made.values()) end();
      made.clear();
    });
  }
  own.get(name)?.();
  own.set(name, stop);
}

export function isRunning(app: MiniApp, name: string): boolean {
  return running.get(app)?.has(name) ?? false;
}

/** Stops `name`; false where it did not run. */
export function end(app: MiniApp, name: string): boolean {
  const stop = running.get(app)?.get(name);
  running.get(app)?.delete(name);
  stop?.();
  return stop !== undefined;
}
