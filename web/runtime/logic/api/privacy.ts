/**
 * `onNeedPrivacyAuthorization`: the app shows its data agreement itself and answers through `resolve`. The shell waits
 * for that answer, and takes `agree` only after a tap that the page's frame has proved.
 */
import type { ApiContext, Implementations } from './context';

type Resolve = (answer?: { event?: unknown; buttonId?: unknown }) => void;
type Listener = (resolve: Resolve, information: { referrer: string }) => void;

export function privacyApis(context: ApiContext): Pick<Implementations, 'events'> {
  const { bridge, reporter } = context;
  let listener: Listener | undefined;
  bridge.onEvent('privacy.need', (detail) => {
    const { referrer } = (detail ?? {}) as { referrer?: unknown };
    const resolve: Resolve = (answer) => {
      const event = String(answer?.event ?? '');
      const buttonId = String(answer?.buttonId ?? '');
      bridge.call('resolvePrivacyAuthorization', { event, buttonId }, 0, (result) => {
        if (!result.ok) reporter.warn(result.failure.errMsg);
      });
    };
    const current = listener;
    if (current === undefined) resolve({ event: 'disagree' });
    else reporter.guard('onNeedPrivacyAuthorization', () => current(resolve, { referrer: String(referrer ?? '') }));
  });
  const tell = (listening: boolean) => void bridge.call('listenPrivacyAuthorization', { listening }, 0, () => {});
  return {
    events: {
      onNeedPrivacyAuthorization: {
        // Only the newest listener counts, as in the original.
        on: (next) => {
          if (listener === undefined) tell(true);
          listener = next as unknown as Listener;
        },
        off: () => {
          if (listener !== undefined) tell(false);
          listener = undefined;
        },
      },
    },
  };
}
