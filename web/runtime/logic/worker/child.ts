/**
 * The worker that an app makes (`wx.createWorker`): the same bundle as the logic worker, cut down in the same way,
 * with nothing but timers, `console`, `require` and `worker`.
 */
import type { LogicHost } from '../boot/host';
import { cutGlobals } from '../boot/lockdown';
import { type Factory, ModuleLoader } from '../modules/loader';
import { Positions } from '../modules/positions';
import { createConsole } from '../support/console';
import { Reporter } from '../support/reporter';
import { Timers } from '../support/timers';
import type { FromAppWorker, ToAppWorker } from './protocol';

type Install = (members: Record<string, unknown>) => void;
type Listener = (data: unknown) => void;

export function bootAppWorker(port: MessagePort, install: Install, host: LogicHost, scripts: Blob): void {
  const positions = new Positions();
  const post = (message: FromAppWorker) => port.postMessage(message);
  const reporter = new Reporter(
    (message) => {
      if (message.k === 'console') post({ k: 'console', level: message.level, text: message.text });
      else if (message.k === 'error') post({ k: 'error', message: message.message, stack: message.stack });
    },
    positions,
    host,
  );
  const timers = new Timers(host, reporter);
  host.onUncaught((error, kind) => {
    if (kind === 'rejection') reporter.rejection(error);
    else reporter.error(error);
  });
  const listeners = new Set<Listener>();
  /** Messages that came before anyone listened. */
  const early: unknown[] = [];
  const worker = Object.freeze({
    env: Object.freeze({ USER_DATA_PATH: 'wxfile://usr' }),
    postMessage: (data: unknown) => post({ k: 'message', data }),
    onMessage: (listener: unknown) => {
      if (typeof listener !== 'function') return;
      listeners.add(listener as Listener);
      for (const data of early.splice(0)) reporter.guard('worker message', () => listener(data));
    },
    offMessage: (listener: unknown) => void listeners.delete(listener as Listener),
  });
  const loader = new ModuleLoader({
    scope: Object.freeze({ console: createConsole(reporter, host), global: globalThis }),
    loadPackageOf: (module) => Promise.reject(new Error(`module "${module}" is not in the workers' folder`)),
    around: (_module, run) => run(),
  });
  const entry = Object.freeze({
    module: (path: string, factory: Factory) => loader.define(path, factory),
    template: () => undefined,
    templateRuntime: () => undefined,
  });
  const installed = { ...timers.functions, console: createConsole(reporter, host), worker, __mezze__: entry };
  install(installed);
  const { left } = cutGlobals(globalThis, Object.keys(installed));
  if (left.length > 0) throw new Error(`globals that could not be cut: ${left.join(', ')}`);
  port.onmessage = (event) => {
    const message = event.data as ToAppWorker;
    if (message.k === 'start') {
      reporter.development = message.development;
      reporter.guard('worker', () => {
        positions.register(host.runScript(scripts), message.files);
        loader.require(message.entry);
      });
    } else if (listeners.size === 0) early.push(message.data);
    else for (const listener of listeners) reporter.guard('worker message', () => listener(message.data));
  };
}
