/** What an app is told of its device while it runs, whether or not it asked: power, network, keyboard, permissions. */
import type { MiniApp } from '../miniapp/mini-app';
import { isWeak } from '../miniapp/network';
import { watchBattery } from './screen';

/** Starts telling `app`, until the returned function is called. */
export function watchDevice(app: MiniApp): () => void {
  const stops = [
    watchBattery((state) => app.bridge.event('battery.change', state)),
    watchWeakness(app),
    watchKeyboard(app),
    watchPermissions(app),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function listen(target: EventTarget | null | undefined, names: readonly string[], run: () => void): () => void {
  for (const name of names) target?.addEventListener(name, run);
  return () => {
    for (const name of names) target?.removeEventListener(name, run);
  };
}

function watchWeakness(app: MiniApp): () => void {
  let weak = isWeak().weakNet;
  const { connection } = navigator as Navigator & { connection?: EventTarget };
  return listen(connection, ['change'], () => {
    const now = isWeak();
    if (now.weakNet === weak) return;
    weak = now.weakNet;
    app.bridge.event('network.weak', now);
  });
}

/** The part of the window that the keyboard covers, as the visual viewport shows it. */
function watchKeyboard(app: MiniApp): () => void {
  const { visualViewport } = window;
  let height = 0;
  const stops = [
    listen(visualViewport, ['resize'], () => {
      if (visualViewport === null || !app.inFront) return;
      const covered = Math.max(0, Math.round(window.innerHeight - visualViewport.height));
      // Bars of the browser come and go too; no keyboard is that low.
      const now = covered > lowestKeyboard ? covered : 0;
      if (now === height) return;
      height = now;
      app.bridge.event('keyboard.height', { height, duration: keyboardTime });
      tellPage(app, height);
    }),
    // The browser moves what is seen to the field by itself: less of the page is covered then.
    listen(visualViewport, ['scroll'], () => {
      if (height > 0) tellPage(app, height);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** In a page's frame nothing shows that there is a keyboard. */
function tellPage(app: MiniApp, height: number): void {
  const page = app.stack.current;
  const { visualViewport } = window;
  if (page === undefined || visualViewport === null) return;
  const bottom = page.view.frame.element.getBoundingClientRect().bottom + page.lift;
  const covered = height === 0 ? 0 : bottom - visualViewport.offsetTop - visualViewport.height;
  page.post({ k: 'keyboard', height, covered: Math.max(0, Math.round(covered)) });
}

const lowestKeyboard = 80;
/** How long a keyboard takes to come, seconds; browsers don't tell. */
const keyboardTime = 0.25;

const permissions = {
  locationAuthorized: 'geolocation',
  cameraAuthorized: 'camera',
  microphoneAuthorized: 'microphone',
  notificationAuthorized: 'notifications',
} as const;
const words: Record<PermissionState, string> = {
  granted: 'authorized',
  denied: 'denied',
  prompt: 'not determined',
};

/** What the browser lets the super app do; the app's own permissions are asked for on top of that. */
function watchPermissions(app: MiniApp): () => void {
  const stops: (() => void)[] = [];
  let stopped = false;
  const known: Record<string, string> = {};
  const tell = () => app.bridge.event('authorize.change', { ...known });
  const follow = async (member: string, name: string) => {
    const status = await navigator.permissions.query({ name: name as PermissionName });
    const note = () => {
      known[member] = words[status.state];
    };
    note();
    if (!stopped) {
      stops.push(
        listen(status, ['change'], () => {
          note();
          tell();
        }),
      );
    }
  };
  const all = Object.entries(permissions).map(([member, name]) => follow(member, name).catch(() => undefined));
  void Promise.all(all).then(() => {
    if (!stopped) tell();
  });
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
}
