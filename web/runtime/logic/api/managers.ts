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
  /** What came of the check is told to whoever asks later, too. */
  const remembering = (event: string) => {
    const listen = listening(event);
    const heard: unknown[] = [];
    bridge.onEvent(event, (detail) => heard.splice(0, 1, detail));
    return (listener: Listener) => {
      if (typeof listener !== 'function') return;
      listen(listener);
      if (heard.length > 0) context.host.setTimer(() => reporter.guard(event, () => listener(heard[0])), 0);
    };
  };
  const updateManager = {
    onCheckForUpdate: remembering('update.check'),
    onUpdateReady: remembering('update.ready'),
    onUpdateFailed: remembering('update.failed'),
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
