/** Routing: the shell moves between pages; the worker keeps the event channels between opener and opened page. */
import type { PageOpen } from '../../protocol/bridge-port';
import { pageUrl } from '../modules/plugins';
import { EventChannel } from '../support/event-channel';
import type { RouteDescription, Routes } from '../worklet/routes';
import { type ApiContext, callingPage, type Implementations } from './context';
import { type Arguments, fail, type Settle } from './outcome';

const kinds = ['redirectTo', 'reLaunch', 'switchTab', 'navigateBack'] as const;

export class Routing {
  /** Ends of the channels of pages that the shell has not opened yet, oldest first. */
  private readonly opening: { channel: EventChannel; route: ReturnType<Routes['make']> }[] = [];

  constructor(
    private readonly context: ApiContext,
    private readonly routes: Routes,
  ) {}

  /** The channel end that the page that is being opened talks to its opener with. */
  channelFor(open: PageOpen): EventChannel | undefined {
    const opening = open.openType === 'navigateTo' ? this.opening.shift() : undefined;
    if (opening?.route !== undefined) this.routes.begin(open.pageId, opening.route, this.context.pages.current?.id);
    return opening?.channel;
  }

  apis(): Pick<Implementations, 'calls'> {
    const calls: Implementations['calls'] = {
      navigateTo: (args, settle) => this.navigateTo(args, settle),
    };
    for (const kind of kinds) calls[kind] = (args, settle) => this.move(kind, args, settle);
    return { calls };
  }

  private navigateTo(args: Arguments, settle: Settle): void {
    const { events, routeType, routeConfig, routeOptions, ...sent } = args;
    const route = this.routes.make(routeType, routeOptions, routeConfig);
    const [opener, opened] = EventChannel.pair(this.context.reporter);
    if (typeof events === 'object' && events !== null) {
      for (const [name, listener] of Object.entries(events)) opener.on(name, listener as () => void);
    }
    const opening = { channel: opened, route };
    this.opening.push(opening);
    if (route !== undefined) this.announce(route.description);
    this.call('navigateTo', sent, (result) => {
      const left = this.opening.indexOf(opening);
      if (left >= 0) this.opening.splice(left, 1);
      settle(result.ok ? { ok: true, value: { ...result.value, eventChannel: opener } } : result);
    });
  }

  /** The next page comes by a transition of the app's own. */
  private announce(description: RouteDescription): void {
    this.context.bridge.call('pageRoute', { ...description }, callingPage(this.context), () => {});
  }

  private move(kind: (typeof kinds)[number], args: Arguments, settle: Settle): void {
    if (kind !== 'navigateBack' && typeof args.url !== 'string') settle(fail(kind, 'url is missing'));
    else this.call(kind, args, settle);
  }

  private call(kind: string, args: Arguments, settle: Settle): void {
    const from = this.context.pages.current?.open.path ?? '';
    const url = typeof args.url === 'string' ? { url: pageUrl(this.context.config, args.url, from) } : {};
    this.context.bridge.call(kind, { ...args, ...url }, callingPage(this.context), settle);
  }
}
