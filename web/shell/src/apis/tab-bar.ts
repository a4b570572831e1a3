/** The bar below tab pages. */
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import type { TabBar } from '../miniapp/tab-bar';
import { safeColour } from '../miniapp/theme';

type Args = Record<string, unknown>;

const longestBadge = 4;

export const tabBarApis = {
  showTabBar: ({ app }: CallContext) => show(bar(app.tabBar, app.stack.current?.isTab), true),
  hideTabBar: ({ app }: CallContext) => show(bar(app.tabBar, app.stack.current?.isTab), false),
  setTabBarStyle: ({ app }: CallContext, args: Args) => {
    const tabBar = bar(app.tabBar, app.stack.current?.isTab);
    tabBar.colour = safeColour(args.color) ?? tabBar.colour;
    tabBar.selectedColour = safeColour(args.selectedColor) ?? tabBar.selectedColour;
    tabBar.background = safeColour(args.backgroundColor) ?? tabBar.background;
    if (typeof args.borderStyle === 'string') tabBar.borderStyle = args.borderStyle;
    tabBar.changed();
  },
  setTabBarItem: ({ app }: CallContext, args: Args) => {
    const tabBar = bar(app.tabBar, app.stack.current?.isTab);
    tabBar.update(index(tabBar, args), {
      ...(typeof args.text === 'string' ? { text: args.text } : {}),
      ...(typeof args.iconPath === 'string' ? { iconPath: args.iconPath } : {}),
      ...(typeof args.selectedIconPath === 'string' ? { selectedIconPath: args.selectedIconPath } : {}),
    });
  },
  setTabBarBadge: (context: CallContext, args: Args) => {
    const written = String(args.text);
    mark(context, args, { badge: Array.from(written).length > longestBadge ? '…' : written, dot: false });
  },
  removeTabBarBadge: (context: CallContext, args: Args) => mark(context, args, { badge: undefined }),
  showTabBarRedDot: (context: CallContext, args: Args) => mark(context, args, { dot: true, badge: undefined }),
  hideTabBarRedDot: (context: CallContext, args: Args) => mark(context, args, { dot: false }),
};

function bar(tabBar: TabBar | undefined, shown: boolean | undefined): TabBar {
  if (tabBar === undefined || shown !== true) return fail('not TabBar page');
  return tabBar;
}

function index(tabBar: TabBar, args: Args): number {
  const at = Number(args.index);
  return Number.isInteger(at) && at >= 0 && at < tabBar.items.length ? at : fail('tabbar item not found');
}

/** Marks are set from pages outside the bar too, as real apps do (a cart's count from a product page). */
function mark({ app }: CallContext, args: Args, change: { badge?: string | undefined; dot?: boolean }): void {
  const { tabBar } = app;
  if (tabBar === undefined) fail('not TabBar page');
  tabBar.update(index(tabBar, args), change);
}

function show(tabBar: TabBar, visible: boolean): void {
  tabBar.visible = visible;
  tabBar.changed();
}
