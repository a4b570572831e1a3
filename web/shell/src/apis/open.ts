/** Account and authorisation, as far as this host carries it, and leaving the app. */
import type { CallContext } from '../miniapp/bridge';

export const openApis = {
  /** Nothing can be asked for yet on this host, so nothing is allowed or refused. */
  getSetting: (): Record<string, unknown> => ({ authSetting: {} }),
  exitMiniProgram: ({ app }: CallContext): void => app.leave(),
};
