/** Leaving the app. */
import type { CallContext } from '../miniapp/bridge';

export const openApis = {
  exitMiniProgram: ({ app }: CallContext): void => app.leave(),
};
