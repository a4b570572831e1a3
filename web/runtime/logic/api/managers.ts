/** Objects that an app asks for once and then listens to or writes into: updates and logs. */
import type { ApiContext, Implementations } from './context';

type Listener = (detail?: unknown) => void;

export function managerApis(context: ApiContext): Pick<Implementations, 'syncs'> {
  const { bridge, reporter } = context;
  const listening = (event: string) => (listener: Listener) => {
    if (typeof listener !== 'function') return;
    bridge.onEvent(event, (detail) => reporter.guard(event, () => listener(detail)));
  };
  const updateManager = {
    onCheckForUpdate: listening('update.check'),
    onUpdateReady: listening('update.ready'),
    onUpdateFailed: listening('update.failed'),
    applyUpdate: () => void bridge.call('applyUpdate', {}, 0, () => {}),
  };
  const write =
    (level: 'debug' | 'log' | 'info' | 'warn' | 'error') =>
    (...values: unknown[]) =>
      reporter.line(level, values, new Error().stack);
  const logManager = { debug: write('debug'), info: write('info'), log: write('log'), warn: write('warn') };
  const realtimeLogManager = {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setFilterMsg: () => {},
    addFilterMsg: () => {},
    tag: () => ({ info: write('info'), warn: write('warn'), error: write('error') }),
  };
  return {
    syncs: {
      getUpdateManager: () => updateManager,
      getLogManager: () => logManager,
      getRealtimeLogManager: () => realtimeLogManager,
      // There is no analytics on this host yet: what an app reports goes nowhere, and says so once.
      reportAnalytics: () => {},
      reportEvent: () => {},
    },
  };
}
