/** What an app can ask about itself and its host, from the snapshot that came with the start message. */
import { apiCategory } from './api-category';
import type { ApiContext, CallImplementation, Implementations } from './context';
import { fail, succeed } from './outcome';

type Members = Record<string, unknown>;

function pick(source: Members, names: readonly string[]): Members {
  return Object.fromEntries(names.filter((name) => name in source).map((name) => [name, source[name]]));
}

const deviceMembers = [
  'abi',
  'deviceAbi',
  'benchmarkLevel',
  'brand',
  'model',
  'system',
  'platform',
  'cpuType',
  'memorySize',
];

export function informationApis(context: ApiContext): Pick<Implementations, 'calls' | 'syncs'> {
  const { snapshot, config, application } = context;
  const windowInfo = () => ({ ...(context.pages.current?.backend.window ?? snapshot.window) });
  const deviceInfo = () => pick(snapshot.device, deviceMembers);
  const appBaseInfo = () => ({
    SDKVersion: snapshot.device.SDKVersion ?? '3.7.0',
    enableDebug: false,
    host: snapshot.device.host ?? { appId: '', env: 'mezze' },
    language: snapshot.device.language ?? 'en',
    version: snapshot.device.version ?? '',
    theme: snapshot.theme,
    fontSizeScaleFactor: snapshot.device.fontSizeScaleFactor ?? 1,
    fontSizeSetting: snapshot.device.fontSizeSetting ?? 17,
  });
  const systemSetting = () => {
    const { windowWidth, windowHeight } = windowInfo();
    return {
      bluetoothEnabled: false,
      locationEnabled: snapshot.device.locationEnabled === true,
      wifiEnabled: snapshot.network.networkType === 'wifi',
      deviceOrientation: windowWidth > windowHeight ? 'landscape' : 'portrait',
    };
  };
  const authorize = () => ({
    albumAuthorized: 'not determined',
    bluetoothAuthorized: 'not determined',
    cameraAuthorized: 'not determined',
    locationAuthorized: 'not determined',
    locationReducedAccuracy: false,
    microphoneAuthorized: 'not determined',
    notificationAuthorized: 'not determined',
    phoneCalendarAuthorized: 'not determined',
    ...(snapshot.device.authorized as Members | undefined),
  });
  const systemInfo = () => ({
    ...snapshot.device,
    ...windowInfo(),
    ...deviceInfo(),
    ...appBaseInfo(),
    ...systemSetting(),
    ...allowedMembers(authorize()),
  });
  const launchOptions = () => ({ ...application.launch, apiCategory: apiCategory(application.launch.scene) });
  const answering =
    (value: () => Members): CallImplementation =>
    (_args, settle) =>
      settle(succeed(value()));
  return {
    syncs: {
      getSystemInfoSync: systemInfo,
      getWindowInfo: windowInfo,
      getDeviceInfo: deviceInfo,
      getAppBaseInfo: appBaseInfo,
      getSystemSetting: systemSetting,
      getAppAuthorizeSetting: authorize,
      getMenuButtonBoundingClientRect: () => ({ ...snapshot.menuButton }),
      getAccountInfoSync: () => ({ miniProgram: { ...snapshot.account.miniProgram } }),
      getLaunchOptionsSync: launchOptions,
      getEnterOptionsSync: () => ({ ...application.entered, apiCategory: apiCategory(application.entered.scene) }),
      getExtConfigSync: () => config.ext,
    },
    calls: {
      getSystemInfo: answering(systemInfo),
      getSystemInfoAsync: answering(systemInfo),
      getExtConfig: answering(() => ({ extConfig: config.ext })),
      getNetworkType: answering(() => ({
        networkType: snapshot.network.isConnected ? snapshot.network.networkType : 'none',
      })),
      setEnableDebug: (_args, settle) => settle(fail('setEnableDebug', 'the developer tools are the host’s to open')),
    },
  };
}

/** As the system information says it: true where something is allowed, false where not or not yet. */
function allowedMembers(settings: Members): Members {
  const names = ['album', 'camera', 'location', 'microphone', 'notification'].map((name) => `${name}Authorized`);
  return Object.fromEntries(names.map((name) => [name, settings[name] === 'authorized']));
}
