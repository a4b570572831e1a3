/** Transitions that an app makes itself: announced before the page opens, then shown style by style on its view. */
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import type { MiniApp } from '../miniapp/mini-app';
import type { PageRoute } from '../miniapp/page';

type Args = Record<string, unknown>;

const announced = new WeakMap<MiniApp, PageRoute>();
const longest = 5000;
/** What may be said about a page's view. Its place in the window stays the shell's. */
const properties = new Set([
  'transform', 'transform-origin', 'opacity', 'border-radius', 'border-top-left-radius', 'border-top-right-radius',
  'border-bottom-left-radius', 'border-bottom-right-radius', 'overflow', 'filter', 'box-shadow', 'margin-top',
]); // biome-ignore format: one list
const plain = /^[-\w\s.,()%#+]*$/;
const mostText = 2000;

export const pageRouteCalls = {
  pageRoute({ app }: CallContext, args: Args): void {
    const time = (value: unknown) => Math.min(longest, Math.max(0, Number(value) || 0));
    announced.set(app, {
      duration: time(args.duration),
      reverseDuration: time(args.reverseDuration),
      opaque: args.opaque !== false,
    });
  },
  pageStyle({ app }: CallContext, args: Args): void {
    const page = app.stack.find(Number(args.pageId));
    if (page === undefined || typeof args.style !== 'string' || args.style.length > mostText) fail('no such page');
    page.view.setRouteStyle(viewStyle(args.style));
  },
};

/** The transition of the next page, once. */
export function takeRoute(app: MiniApp): PageRoute | undefined {
  const route = announced.get(app);
  announced.delete(app);
  return route;
}

/** The declarations that are allowed, with values that name no resource. */
export function viewStyle(text: string): Record<string, string> {
  const declared = text.split(';').map((declaration) => {
    const colon = declaration.indexOf(':');
    return [declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()] as const;
  });
  return Object.fromEntries(
    declared.filter(([name, value]) => properties.has(name) && plain.test(value) && !/url|var/i.test(value)),
  );
}
