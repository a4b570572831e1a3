/** Every API that the shell carries out, by name. One file a family; the catalog says which must be here. */
import type { ServerCall, ShellCall } from '../../../runtime/protocol/generated/catalog';
import type { CallContext } from '../miniapp/bridge';
import { accountApis } from './account';
import { audioApis } from './audio/options';
import { bluetoothApis } from './bluetooth';
import { contactApis } from './contacts';
import { deviceApis } from './device';
import { extensionApis } from './extensions';
import { interactionApis } from './interaction';
import { locationApis } from './location';
import { locationMapApis } from './location-map';
import { mediaApis } from './media';
import { miniProgramApis } from './mini-program';
import { motionApis } from './motion';
import { navigationBarApis } from './navigation-bar';
import { networkApis } from './network';
import { openApis } from './open';
import { permissionApis } from './permission';
import { routeApis } from './route';
import { scanApis } from './scan';
import { screenApis } from './screen';
import { shareApis } from './share';
import { subscribeApis } from './subscribe';
import { tabBarApis } from './tab-bar';
import { verifyApis } from './verify';

/** Gives the call's results, or nothing; throws an `ApiFailure` where it fails. */
export type Handler = (context: CallContext, args: Record<string, unknown>) => unknown;

const carried: Record<ShellCall | ServerCall, Handler> = {
  ...accountApis,
  ...audioApis,
  ...bluetoothApis,
  ...contactApis,
  ...deviceApis,
  ...extensionApis,
  ...interactionApis,
  ...locationApis,
  ...locationMapApis,
  ...mediaApis,
  ...miniProgramApis,
  ...motionApis,
  ...navigationBarApis,
  ...networkApis,
  ...openApis,
  ...permissionApis,
  ...routeApis,
  ...scanApis,
  ...screenApis,
  ...shareApis,
  ...subscribeApis,
  ...tabBarApis,
  ...verifyApis,
};

export const handlers: Readonly<Record<string, Handler>> = carried;
