/** The bar above the calling page. */
import type { WindowConfig } from '../../../runtime/protocol';
import { barMotion } from '../miniapp/bar-motion';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { safeColour } from '../miniapp/theme';

type Args = Record<string, unknown>;

export const navigationBarApis = {
  setNavigationBarTitle: (context: CallContext, args: Args) =>
    change(context, { navigationBarTitleText: String(args.title) }),
  setNavigationBarColor: (context: CallContext, args: Args) => {
    const { duration, timingFunc } = (args.animation ?? {}) as Args;
    if (context.page !== undefined) context.page.barMotion = barMotion(duration, timingFunc);
    change(context, {
      navigationBarTextStyle: String(args.frontColor).toLowerCase() === '#ffffff' ? 'white' : 'black',
      navigationBarBackgroundColor: colour(args, 'backgroundColor'),
    });
  },
  showNavigationBarLoading: (context: CallContext) => setLoading(context, true),
  hideNavigationBarLoading: (context: CallContext) => setLoading(context, false),
  showHomeButton: (context: CallContext) => setHomeButton(context, true),
  hideHomeButton: (context: CallContext) => setHomeButton(context, false),
  setBackgroundColor: (context: CallContext, args: Args) => {
    const names = ['backgroundColor', 'backgroundColorTop', 'backgroundColorBottom'] as const;
    const given = names.filter((name) => args[name] !== undefined);
    change(context, Object.fromEntries(given.map((name) => [name, colour(args, name)])));
  },
  setBackgroundTextStyle: (context: CallContext, args: Args) =>
    change(context, { backgroundTextStyle: String(args.textStyle) }),
};

function colour(args: Args, name: string): string {
  return safeColour(args[name]) ?? fail(`parameter error: parameter.${name} should be a hexadecimal colour;`);
}

function change({ page }: CallContext, settings: WindowConfig): void {
  if (page === undefined) fail('there is no page');
  page.setWindow(settings);
}

function setLoading({ page }: CallContext, loading: boolean): void {
  if (page === undefined) fail('there is no page');
  page.loading = loading;
  page.changed();
}

function setHomeButton({ page }: CallContext, shown: boolean): void {
  if (page === undefined) fail('there is no page');
  page.homeButton = shown;
  page.changed();
}
