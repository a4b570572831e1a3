/** What both hosts of the runtime do alike: the worker of the web host, and QuickJS (see headless/main.ts). */
import { Bridge } from '../bridge/bridge';
import type { Port } from '../bridge/page-link';
import { Positions } from '../modules/positions';
import { type PackageMessage, Runtime, reportComponentErrors } from '../runtime';
import { createConsole } from '../support/console';
import { Reporter } from '../support/reporter';
import { Timers } from '../support/timers';
import { wxsGlobals } from '../support/wxs-globals';
import type { LogicHost } from './host';
import { hostConfig } from './host-config';
import { cutGlobals } from './lockdown';

/** Cuts the globals, tells the shell, and waits for the app. */
export function startRuntime(port: Port, host: LogicHost): void {
  const positions = new Positions();
  let runtime: Runtime | undefined;
  /** Code packages of the first page, which the shell may send before `start`. */
  const early: PackageMessage[] = [];
  const bridge = new Bridge(port, (message, ports) => {
    if (message.k !== 'start') {
      if (runtime === undefined && message.k === 'package') early.push(message);
      else runtime?.receive(message, ports);
      return;
    }
    if (runtime !== undefined || ports[0] === undefined) return;
    runtime = new Runtime({ host, bridge, reporter, positions, timers }, message);
    install({ __mezze__: Object.freeze(runtime.entry), ...hostConfig(message) });
    runtime.start(message, ports[0], early);
  });
  const reporter = new Reporter((message) => bridge.post(message), positions, host);
  const timers = new Timers(host, reporter);
  host.onUncaught((error, kind) => {
    if (kind === 'rejection') reporter.rejection(error);
    else reporter.error(error);
  });
  reportComponentErrors(reporter);
  const installed = { ...timers.functions, ...wxsGlobals, console: createConsole(reporter, host) };
  install(installed);
  const { left } = cutGlobals(globalThis, Object.keys(installed));
  if (left.length > 0) throw new Error(`globals that could not be cut: ${left.join(', ')}`);
  bridge.post({ k: 'booted' });
}

export function install(members: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
  }
}
