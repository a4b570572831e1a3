/** Objects that an app asks for once and then listens to or writes into: updates and logs. */
import type { ApiContext, Implementations } from './context';
import { logManager, realtimeLogManager } from './logs';

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
  const logs = logManager(context);
  const realtimeLogs = realtimeLogManager(context);
  return {
    syncs: {
      getUpdateManager: () => updateManager,
      getLogManager: () => logs,
      getRealtimeLogManager: () => realtimeLogs,
      // There is no analytics on this host yet: what an app reports goes nowhere, and says so once.
      reportAnalytics: () => {},
      reportEvent: () => {},
    },
  };
}
