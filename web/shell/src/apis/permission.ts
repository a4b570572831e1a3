/** What the user allows: asking for it, telling it, the settings page, and the data agreement. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { keptSubscriptions } from './subscribe';

type Args = Record<string, unknown>;

export const permissionApis = {
  authorize: async ({ app }: CallContext, args: Args): Promise<void> => {
    const scope = String(args.scope);
    if (!scope.startsWith('scope.')) fail('invalid scope');
    await app.permission.authorize(scope);
  },
  getSetting: ({ app }: CallContext, args: Args): Promise<Args> => settings(app, args),
  /** Comes from a tap: by the call itself or by a button with `open-type="openSetting"`. */
  openSetting: async ({ app }: CallContext, args: Args): Promise<Args> => {
    await app.surface.openTrusted('settings');
    return settings(app, args);
  },
  getPrivacySetting: ({ app }: CallContext): Args => ({
    needAuthorization: app.permission.pendingCategories().length > 0,
    privacyContractName: text('privacy.contract.name', { name: app.surface.name }),
  }),
  requirePrivacyAuthorize: async ({ app }: CallContext): Promise<void> => {
    if (!(await app.permission.agree('requirePrivacyAuthorize'))) fail('privacy permission is not authorized', 104);
  },
  openPrivacyContract: async ({ app }: CallContext): Promise<void> => {
    if (app.permission.declared.data.length === 0) fail('the privacy contract is not declared');
    void app.surface.openTrusted('privacy');
  },
};

async function settings(app: CallContext['app'], args: Args): Promise<Args> {
  const authSetting = app.permission.authSetting();
  if (args.withSubscriptions !== true) return { authSetting };
  return { authSetting, subscriptionsSetting: { mainSwitch: true, itemSettings: await keptSubscriptions(app) } };
}
