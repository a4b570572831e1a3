/** What is known of the device besides the system information: engine, power, classes of speed. */
import type { ApiContext, Implementations } from './context';
import { ApiFailure, fail, succeed } from './outcome';

/** The level of Skyline whose behaviour the runtime follows. */
const skyline = { isSupported: true, version: '1.4.11', reason: '' } as const;

export function deviceInformationApis(context: ApiContext): Pick<Implementations, 'calls' | 'syncs' | 'tasks'> {
  const { snapshot, config, bridge } = context;
  bridge.onEvent('battery.change', (detail) => {
    snapshot.device.battery = detail;
  });
  bridge.onEvent('authorize.change', (detail) => {
    snapshot.device.authorized = detail;
  });
  return {
    syncs: {
      getSkylineInfoSync: () => ({ ...skyline }),
      getBatteryInfoSync: () => {
        const { battery } = snapshot.device;
        if (typeof battery !== 'object' || battery === null) {
          throw new ApiFailure('getBatteryInfoSync:fail this browser does not tell the battery');
        }
        return { ...battery };
      },
      getExptInfoSync: () => ({}),
      getApiCategory: () => 'default',
      // Accepted: what an app reports of itself is the platform's to keep, which does not yet.
      reportMonitor: () => undefined,
    },
    calls: {
      getSkylineInfo: (_args, settle) => settle(succeed({ ...skyline })),
      getDeviceBenchmarkInfo: (_args, settle) =>
        settle(succeed({ benchmarkLevel: Number(snapshot.device.benchmarkLevel ?? -1), modelLevel: 0 })),
      getRendererUserAgent: (_args, settle) => settle(succeed({ userAgent: String(snapshot.device.userAgent ?? '') })),
    },
    tasks: {
      /** All code packages came with the app: what is asked for is there. */
      preDownloadSubpackage: (args, settle) => {
        const wanted = String(args.packageName ?? args.name ?? '');
        const known = config.packages.some(({ name, root }) => root !== '' && (name === wanted || root === wanted));
        const listeners = new Set<(progress: object) => void>();
        context.host.setTimer(() => {
          if (!known) {
            settle(fail('preDownloadSubpackage', `subpackage "${wanted}" is not in app.json`));
            return;
          }
          const progress = { progress: 100, totalBytesWritten: 0, totalBytesExpectedToWrite: 0 };
          for (const listener of listeners) context.reporter.guard('onProgressUpdate', () => listener(progress));
          settle(succeed());
        }, 0);
        return {
          onProgressUpdate: (listener: unknown) => {
            if (typeof listener === 'function') listeners.add(listener as (progress: object) => void);
          },
        };
      },
    },
  };
}
