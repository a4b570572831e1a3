/** Everything the worker carries out itself, in one table, and the namespace object made of it. */
import type { LogicApi, ViewApi } from '../../protocol/generated/catalog';
import { canvasApis } from '../canvas/apis';
import { workerApis } from '../worker/parent';
import { audioApis } from './audio/index';
import { fromBase64, toBase64 } from './base64';
import { bufferUrls } from './buffer-urls';
import { RequestCache } from './cache/index';
import { componentContextApis } from './component-contexts';
import type { ApiContext, Implementations } from './context';
import { cryptoApis } from './crypto';
import { deviceInformationApis } from './device-information';
import { eventApis } from './events';
import { extensionApis } from './extensions';
import { informationApis } from './information';
import { managerApis } from './managers';
import { type Namespace, NamespaceBuilder } from './namespace';
import { networkApis } from './network';
import { nfcApis } from './nfc';
import type { Observers } from './observers';
import { performanceApis } from './performance';
import { privacyApis } from './privacy';
import type { Routing } from './routing';
import { socketApis } from './socket';
import { type StorageSpaces, storageApis } from './storage';
import { viewApis } from './view-apis';

export function buildImplementations(
  context: ApiContext,
  spaces: StorageSpaces,
  observers: Observers,
  routing: Routing,
): Implementations {
  const cache = new RequestCache(context, () => spaces.of(cacheSpace));
  const parts: Partial<Implementations>[] = [
    storageApis(spaces.of('')),
    cache.apis(),
    context.files.apis(),
    audioApis(context),
    informationApis(context),
    managerApis(context),
    networkApis(context),
    socketApis(context),
    bufferUrls(context),
    viewApis(context, observers),
    canvasApis(context),
    componentContextApis(context),
    eventApis(context),
    extensionApis(context),
    privacyApis(context),
    routing.apis(),
    deviceInformationApis(context),
    cryptoApis(context),
    nfcApis(context),
    performanceApis(context),
    workerApis(context),
    { syncs: { arrayBufferToBase64: toBase64, base64ToArrayBuffer: (text: string) => fromBase64(String(text)) } },
    {
      values: {
        worklet: context.worklets.namespace,
        router: context.routes.namespace,
        env: { USER_DATA_PATH: 'wxfile://usr' },
        version: { SDKVersion: context.snapshot.device.SDKVersion },
      },
    },
  ];
  const all: Implementations = { calls: {}, syncs: {}, events: {}, tasks: {}, values: {} };
  for (const part of parts) {
    for (const [group, members] of Object.entries(part)) Object.assign(all[group as keyof Implementations], members);
  }
  const send = all.tasks.request;
  if (send !== undefined) all.tasks.request = (args, settle) => cache.request(args, settle, send);
  return all;
}

/** Where the answers that a cache manager keeps are stored. */
const cacheSpace = 'answers';

/** Names the catalog gives to the worker or the page frame that have no implementation; empty, and tested to be. */
export function missingImplementations(all: Implementations, names: readonly (LogicApi | ViewApi)[]): string[] {
  return names.filter(
    (name) =>
      name !== 'canIUse' &&
      ![all.calls, all.syncs, all.events, all.tasks, all.values].some((group) => Object.hasOwn(group, name)) &&
      !isMember(all.values, name),
  );
}

/** `worklet.shared` may be a member of the value `worklet`. */
function isMember(values: Readonly<Record<string, unknown>>, name: string): boolean {
  let value: unknown = values;
  for (const part of name.split('.')) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !(part in value)) return false;
    value = (value as Record<string, unknown>)[part];
  }
  return true;
}

export function buildNamespace(context: ApiContext, all: Implementations): Namespace {
  return new NamespaceBuilder(context, all, context.config.namespace).build();
}
