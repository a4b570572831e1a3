/** Asks the platform what to run: one round trip, after signing in again or proving the device again where needed. */
import { deviceId, register } from '../device/registration';
import { type LaunchAnswer, launch } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import type { StoredPackage } from './store';

export interface Request {
  appId: string;
  version: string | undefined;
  /** The page that opens first, empty for the entry page. */
  page: string;
  user: string;
  progress: (part: number) => void;
  renewSession: () => Promise<boolean>;
}

export function ask(
  request: Pick<Request, 'appId' | 'version' | 'page' | 'user' | 'renewSession'>,
  kept: Pick<StoredPackage, 'digest'> | undefined,
): Promise<LaunchAnswer> {
  return asDevice(request, (device_id) =>
    launch(request.appId, {
      device_id,
      page: request.page,
      ...(request.version === undefined ? {} : { version: request.version }),
      ...(kept === undefined ? {} : { cached_digest: kept.digest }),
    }),
  );
}

/** Asks as the user's device, which may have to sign in or to prove itself once more. */
export async function asDevice<T>(
  { user, renewSession }: Pick<Request, 'user' | 'renewSession'>,
  asking: (device: string) => Promise<T>,
): Promise<T> {
  const attempt = async () => asking(await deviceId(user));
  try {
    return await attempt().catch(async (failure: unknown) => {
      const signedOut = failure instanceof PlatformProblem && failure.status === 401;
      if (!signedOut || !(await renewSession())) throw failure;
      return attempt();
    });
  } catch (failure) {
    // The platform may have forgotten the device (a new data folder, a revoked device): prove the key once more.
    const forgotten = failure instanceof PlatformProblem && [400, 403, 404, 409, 422].includes(failure.status);
    if (!forgotten || !/device/i.test(`${failure.title} ${failure.detail}`)) throw failure;
    return asking(await register(user));
  }
}
