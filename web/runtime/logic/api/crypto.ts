/** Random bytes; keys of the user's are the platform's to give, which it does not yet. */
import type { ApiContext, CallImplementation, Implementations } from './context';
import { fail, prepareEnd, succeed } from './outcome';

const mostBytes = 1_048_576;

export function cryptoApis(context: ApiContext): Pick<Implementations, 'calls' | 'syncs'> {
  const getRandomValues: CallImplementation = ({ length }, settle) => {
    const { randomBytes } = context.host;
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 1 || length > mostBytes) {
      settle(fail('getRandomValues', `invalid length, it should be between 1 and ${mostBytes}`));
    } else if (randomBytes === undefined) settle(fail('getRandomValues', 'not supported on this host'));
    else settle(succeed({ randomValues: randomBytes(length) }));
  };
  const own = (name: string, run: CallImplementation) => (options: object | undefined) => {
    const later = (callback: () => void) => context.host.queueMicrotask(callback);
    const { args, settle, result } = prepareEnd(name, { ...options }, context.reporter, later);
    run(args, settle);
    return result;
  };
  const manager = Object.freeze({
    getRandomValues: own('getRandomValues', getRandomValues),
    getLatestUserKey: own('getLatestUserKey', (_args, settle) =>
      settle(fail('getLatestUserKey', 'not supported on this host')),
    ),
  });
  return { calls: { getRandomValues }, syncs: { getUserCryptoManager: () => manager } };
}
