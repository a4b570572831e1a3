/** APIs that only listen: the app's lifecycle, the shell's events. */

import { type ApiSpecification, catalog } from '../../protocol/generated/catalog';
import type { AppEventName } from '../app/application';
import type { ApiContext, EventImplementation, Implementations } from './context';

type Listener = (detail: unknown) => void;

const lifecycle: readonly AppEventName[] = [
  'onAppShow',
  'onAppHide',
  'onError',
  'onUnhandledRejection',
  'onPageNotFound',
];

export function eventApis(context: ApiContext): Pick<Implementations, 'events'> {
  const events: Implementations['events'] = {};
  for (const [name, specification] of Object.entries(catalog as Record<string, ApiSpecification>)) {
    if (specification.kind === 'event' && specification.event !== undefined) {
      events[name] = shellEvent(context, specification.event);
    }
  }
  for (const name of lifecycle) {
    events[name] = {
      on: (listener) => context.application.listen(name, listener),
      off: (listener) => context.application.unlisten(name, listener),
    };
  }
  return { events };
}

function shellEvent(context: ApiContext, event: string): EventImplementation {
  const stops = new Map<Listener, () => void>();
  return {
    on: (listener) => {
      if (stops.has(listener)) return;
      const stop = context.bridge.onEvent(event, (detail) => context.reporter.guard(event, () => listener(detail)));
      stops.set(listener, stop);
    },
    off: (listener) => {
      for (const [known, stop] of stops) {
        if (listener !== undefined && known !== listener) continue;
        stop();
        stops.delete(known);
      }
    },
  };
}
