/**
 * What a plugin's code has of the APIs. A plugin and its app are two code spaces: storage of its own, its own servers
 * where it declares some, and nothing of what belongs to the app or to the user's account.
 */
import type { PluginConfig } from '../../protocol/config';
import type { ApiContext, CallImplementation, Implementations, TaskImplementation } from './context';
import { ApiFailure, fail } from './outcome';
import { type StorageSpaces, storageApis } from './storage';

/** The original's reference says of these: not in a plugin. */
const refusedCalls =
  'addPhoneCalendar addPhoneRepeatCalendar authorize batchGetStorage batchSetStorage checkIsAddedToMyMiniProgram ' +
  'checkSession chooseContact chooseMessageFile choosePoi clearStorage disableAlertBeforeUnload editImage ' +
  'enableAlertBeforeUnload getPrivacySetting getStorageInfo getUserProfile hideHomeButton hideTabBar hideTabBarRedDot ' +
  'navigateBackMiniProgram openPrivacyContract removeTabBarBadge requestPayment requirePrivacyAuthorize ' +
  'restartMiniProgram sendSms setTabBarBadge setTabBarItem setTabBarStyle shareFileMessage shareVideoMessage showTabBar ' +
  'showTabBarRedDot startLocationUpdateBackground startSoterAuthentication';
const refusedSyncs =
  'batchGetStorageSync batchSetStorageSync clearStorageSync createBufferURL createCacheManager getExtConfigSync ' +
  'getStorageInfoSync getUpdateManager revokeBufferURL';

/** Allowed once the user signed in on the functional page. */
const afterSignIn = ['login', 'getUserInfo'];

const noPermission = 102;
const denied = 103;
const notDeclared = 600_002;

export function pluginImplementations(
  all: Implementations,
  plugin: PluginConfig,
  context: ApiContext,
  spaces: StorageSpaces,
): Implementations {
  const own = storageApis(spaces.of(`plugin ${plugin.provider || plugin.root}`));
  const calls: Implementations['calls'] = { ...all.calls, ...own.calls };
  for (const api of refusedCalls.split(' ')) {
    calls[api] = (_args, settle) => settle(fail(api, 'jsapi has no permission: not in a plugin', noPermission));
  }
  for (const api of afterSignIn) calls[api] = signedIn(api, all.calls[api], plugin, context);
  const syncs: Implementations['syncs'] = { ...all.syncs, ...own.syncs };
  for (const api of refusedSyncs.split(' ')) {
    syncs[api] = () => {
      throw new ApiFailure(`${api}:fail jsapi has no permission: not in a plugin`);
    };
  }
  return { ...all, calls, syncs, tasks: declared(all.tasks, plugin) };
}

function signedIn(
  api: string,
  run: CallImplementation | undefined,
  plugin: PluginConfig,
  context: ApiContext,
): CallImplementation {
  return (args, settle, ...more) => {
    if (!context.pluginsSignedIn.has(plugin.root)) settle(fail(api, 'auth deny', denied));
    else if (run !== undefined) run(args, settle, ...more);
    else context.bridge.call(api, args, context.pages.current?.id ?? 0, settle);
  };
}

/** Requests of a plugin that declares its servers reach those alone. */
function declared(tasks: Implementations['tasks'], plugin: PluginConfig): Implementations['tasks'] {
  const { origins } = plugin;
  if (origins === undefined) return tasks;
  const uses = { request: 'request', uploadFile: 'upload', downloadFile: 'download', connectSocket: 'socket' } as const;
  const limited = { ...tasks };
  for (const [api, use] of Object.entries(uses)) {
    const run = tasks[api];
    if (run !== undefined) limited[api] = only(api, origins[use], run);
  }
  return limited;
}

function only(api: string, origins: readonly string[], run: TaskImplementation): TaskImplementation {
  return (args, settle) => {
    const [origin = ''] = /^[a-z]+:\/\/[^/?#]+/i.exec(String(args.url)) ?? [];
    if (origins.includes('*') || origins.includes(origin.toLowerCase())) return run(args, settle);
    const known = origins.join(', ') || 'none';
    settle(
      fail(api, `url not in domain list: ${origin} is not declared by the plugin; declared are ${known}`, notDeclared),
    );
    return { abort: () => {} };
  };
}
