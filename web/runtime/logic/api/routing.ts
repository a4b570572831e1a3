/** Routing: the shell moves between pages; the worker keeps the event channels between opener and opened page. */
import type { PageOpen } from '../../protocol/bridge-port';
import { EventChannel } from '../support/event-channel';
import { type ApiContext, callingPage, type Implementations } from './context';
import { type Arguments, fail, type Settle } from './outcome';

const kinds = ['redirectTo', 'reLaunch', 'switchTab', 'navigateBack'] as const;

export class Routing {
  /** Ends of the channels of pages that the shell has not opened yet, oldest first. */
  private readonly opening: EventChannel[] = [];

  constructor(private readonly context: ApiContext) {}

  /** The channel end that the page that is being opened talks to its opener with. */
  channelFor(open: PageOpen): EventChannel | undefined {
    return open.openType === 'navigateTo' ? this.opening.shift() : undefined;
  }

  apis(): Pick<Implementations, 'calls'> {
    const calls: Implementations['calls'] = {
      navigateTo: (args, settle) => this.navigateTo(args, settle),
    };
    for (const kind of kinds) calls[kind] = (args, settle) => this.move(kind, args, settle);
    return { calls };
  }

  private navigateTo(args: Arguments, settle: Settle): void {
    const { events, ...sent } = args;
    const [opener, opened] = EventChannel.pair(this.context.reporter);
    if (typeof events === 'object' && events !== null) {
      for (const [name, listener] of Object.entries(events)) opener.on(name, listener as () => void);
    }
    this.opening.push(opened);
    this.call('navigateTo', sent, (result) => {
      const left = this.opening.indexOf(opened);
      if (left >= 0) this.opening.splice(left, 1);
      settle(result.ok ? { ok: true, value: { ...result.value, eventChannel: opener } } : result);
    });
  }

  private move(kind: (typeof kinds)[number], args: Arguments, settle: Settle): void {
    if (kind !== 'navigateBack' && typeof args.url !== 'string') settle(fail(kind, 'url is missing'));
    else this.call(kind, args, settle);
  }

  private call(kind: string, args: Arguments, settle: Settle): void {
    this.context.bridge.call(kind, args, callingPage(this.context), settle);
  }
}
