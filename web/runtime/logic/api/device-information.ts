/** What is known of the device besides the system information: engine, power, classes of speed. */
import { apiCategory } from './api-category';
import type { ApiContext, Implementations } from './context';
import { ApiFailure, fail, succeed } from './outcome';

/** The level of Skyline whose behaviour the runtime follows. */
const skyline = { isSupported: true, version: '1.4.11', reason: '' } as const;

export function deviceInformationApis(context: ApiContext): Pick<Implementations, 'calls' | 'syncs' | 'tasks'> {
  const { snapshot, bridge } = context;
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
      getApiCategory: () => apiCategory(context.application.entered.scene),
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
      /** The shell fetches it; where it is on the device already, it is done at once. */
      preDownloadSubpackage: (args, settle) => {
        const name = String(args.packageName ?? args.name ?? args.root ?? '');
        const listeners = new Set<(progress: object) => void>();
        const tell = (progress: object) => {
          for (const listener of listeners) context.reporter.guard('onProgressUpdate', () => listener(progress));
        };
        const id = bridge.call('fetchSubpackage', { name }, 0, (result) => {
          bridge.endTask(id);
          if (result.ok) settle(succeed());
          else settle(fail('preDownloadSubpackage', result.failure.errMsg.replace(/^\w+:fail ?/, '')));
        });
        bridge.listenToTask(id, (event, detail) => {
          if (event === 'subpackage.progress') tell(detail as object);
        });
        return {
          onProgressUpdate: (listener: unknown) => {
            if (typeof listener === 'function') listeners.add(listener as (progress: object) => void);
          },
        };
      },
    },
  };
}
