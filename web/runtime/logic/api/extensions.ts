/** `extOnBridge`: events of the modules that the operator added. One task of the shell for each, however many listen. */
import { type ApiContext, callingPage, type Implementations } from './context';

type Listener = (detail: unknown) => void;

interface Following {
  task: number;
  listeners: Set<Listener>;
}

export function extensionApis(context: ApiContext): Pick<Implementations, 'syncs'> {
  const { bridge, reporter } = context;
  const following = new Map<string, Following>();
  const end = (key: string, { task }: Following) => {
    bridge.endTask(task);
    if (following.get(key)?.task === task) following.delete(key);
  };
  const follow = (key: string, module: string, event: string): Following => {
    const listeners = new Set<Listener>();
    // The call's end is the end of the events: it is made again by whoever listens next.
    const task = bridge.call('followExtension', { module, event }, callingPage(context), (result) => {
      end(key, made);
      if (!result.ok) reporter.warn(result.failure.errMsg.replace('followExtension', 'extOnBridge'));
    });
    const made: Following = { task, listeners };
    bridge.listenToTask(task, (_name, detail) => {
      for (const listener of listeners) reporter.guard('extOnBridge', () => listener(detail));
    });
    following.set(key, made);
    return made;
  };
  return {
    syncs: {
      extOnBridge: (options: unknown): void => {
        const { module, event, callBack } = named('extOnBridge', options, reporter);
        if (module === undefined || event === undefined) return;
        if (callBack === undefined) {
          reporter.warn('extOnBridge:fail parameter error: callBack should be Function');
          return;
        }
        const key = keyOf(module, event);
        (following.get(key) ?? follow(key, module, event)).listeners.add(callBack);
      },
      extOffBridge: (options: unknown): void => {
        const { module, event, callBack } = named('extOffBridge', options, reporter);
        if (module === undefined || event === undefined) return;
        const key = keyOf(module, event);
        const known = following.get(key);
        if (known === undefined) return;
        if (callBack === undefined) known.listeners.clear();
        else known.listeners.delete(callBack);
        if (known.listeners.size > 0) return;
        bridge.messageTask(known.task, 'close', {});
        end(key, known);
      },
    },
  };
}

interface Named {
  module?: string;
  event?: string;
  callBack?: Listener;
}

function named(api: string, options: unknown, reporter: ApiContext['reporter']): Named {
  const { module, event, callBack } = (options ?? {}) as Record<string, unknown>;
  if (typeof module !== 'string' || typeof event !== 'string' || module === '' || event === '') {
    reporter.warn(`${api}:fail parameter error: module and event should be String`);
    return {};
  }
  return { module, event, ...(typeof callBack === 'function' ? { callBack: callBack as Listener } : {}) };
}

function keyOf(module: string, event: string): string {
  return JSON.stringify([module, event]);
}
