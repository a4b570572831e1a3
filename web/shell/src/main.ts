/** Entry of the shell: starts the session, the windows and the router, and keeps the shell's files for offline. */
import '../../common/tokens.css';
import { Apps } from './apps';
import { deviceId } from './device/registration';
import { loadLocale } from './localization';
import { watchRevocations } from './package/watch-revocations';
import { Router } from './router';
import { AloneElement, aloneTarget } from './screens/alone';
import { ShellElement } from './screens/shell';
import { Session } from './session';
import { Table } from './table';

performance.mark('mezze:shell');

const session = new Session();
const table = new Table();
const apps = new Apps(session, table);

async function start(): Promise<void> {
  await loadLocale();
  const target = aloneTarget();
  if (target === undefined) await showShell();
  else document.body.append(Object.assign(new AloneElement(), { apps, target }));
  void session.ready.then((user) => table.load(user.id));
  watchRevocations(() => void apps.stopRevoked());
  await session.start();
  await proveDevice();
}

async function showShell(): Promise<void> {
  const shell = new ShellElement();
  Object.assign(shell, { session, table, apps });
  document.body.append(shell);
  await shell.updateComplete;
  new Router(apps).start();
}

/** Registers the device's key before the first app asks for it. */
async function proveDevice(): Promise<void> {
  if (session.user !== undefined && !session.offline) await deviceId(session.user.id).catch(() => undefined);
}

/** What is kept on the device should stay there; a browser may refuse, then the copy can go when room is short. */
async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  await navigator.storage?.persist?.().catch(() => false);
}

window.addEventListener('online', () => void session.refresh());
window.addEventListener('load', () => void keepForOffline());
void start();
