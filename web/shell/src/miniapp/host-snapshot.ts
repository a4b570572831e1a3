/** What the synchronous APIs of an app answer from. */
import type { HostSnapshot, WindowMetrics } from '../../../runtime/protocol';
import { catalog } from '../../../runtime/protocol/generated/catalog';
import { locale } from '../localization';
import type { OpenedPackage } from '../package/opened';
import { networkStatus } from './network';

/** The level of WeChat's base library whose behaviour the runtime follows; apps compare it. */
const baseLibrary = '3.7.0';
const superAppVersion = '8.0.50';

export function hostSnapshot(
  opened: OpenedPackage,
  metrics: WindowMetrics,
  menuButton: HostSnapshot['menuButton'],
  theme: 'light' | 'dark',
): HostSnapshot {
  const carried = Object.entries(catalog).filter(([, api]) => api.web === 'carried');
  return {
    device: { ...device(), theme },
    window: metrics,
    menuButton,
    theme,
    account: {
      miniProgram: {
        appId: opened.appId,
        envVersion: opened.development ? 'develop' : opened.trial ? 'trial' : 'release',
        version: opened.version,
      },
    },
    network: networkStatus(),
    carried: carried.map(([name]) => name),
  };
}

function device(): Record<string, unknown> {
  const agent = navigator.userAgent;
  const [system, platform, brand] = systemOf(agent);
  return {
    brand,
    model: brand,
    system,
    platform,
    language: locale() === 'zh' ? 'zh_CN' : 'en',
    version: superAppVersion,
    SDKVersion: baseLibrary,
    fontSizeSetting: 17,
    fontSizeScaleFactor: 1,
    benchmarkLevel: -1,
    deviceOrientation: window.innerWidth > window.innerHeight ? 'landscape' : 'portrait',
    enableDebug: false,
    host: { env: 'mezze', appId: '', version: superAppVersion },
    bluetoothEnabled: false,
    locationEnabled: 'geolocation' in navigator,
    wifiEnabled: true,
    memorySize: String('deviceMemory' in navigator ? Number(navigator.deviceMemory) * 1024 : 4096),
    userAgent: agent,
    abi: '',
    cpuType: '',
  };
}

/** System, platform and brand as WeChat's apps know them. */
function systemOf(agent: string): [string, string, string] {
  const android = /Android ([\d.]+)/.exec(agent);
  if (android !== null) return [`Android ${android[1]}`, 'android', 'Android'];
  const apple = /(?:iPhone OS|CPU OS) ([\d_]+)/.exec(agent);
  if (apple !== null) return [`iOS ${apple[1]?.replaceAll('_', '.')}`, 'ios', 'Apple'];
  if (/Macintosh/.test(agent)) return ['macOS', 'mac', 'Apple'];
  if (/Windows NT ([\d.]+)/.test(agent)) return ['Windows', 'windows', 'PC'];
  return ['Linux', 'linux', 'PC'];
}
