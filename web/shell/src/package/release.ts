/**
 * Which release of an app to run, and where from.
 *
 * A kept release opens at once; the platform is asked beside it and a newer release is kept for the next start.
 * In development, and where a version is asked for, the platform is asked first. Without a network the kept one runs.
 */
import { deviceId, register } from '../device/registration';
import { type GateAccess, type LaunchAnswer, launch } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import { fetchPackage } from './fetch';
import { type OpenedPackage, openStored, openVerified } from './opened';
import { PackageRefusal } from './refusal';
import { findPackage, forgetPackage, keepPackage, type StoredPackage } from './store';

export type UpdateState = 'none' | 'ready' | 'failed';

export interface Release {
  package: OpenedPackage;
  /** How it was opened: `cold` was fetched now, `warm` was kept. */
  start: 'cold' | 'warm';
  /** Access to the gate, once the platform answered; undefined while there is none. */
  gate: Promise<GateAccess | undefined>;
  /** What came of the update check; rejects where the platform withdrew the app. */
  update: Promise<UpdateState>;
}

export interface Request {
  appId: string;
  version: string | undefined;
  user: string;
  progress: (part: number) => void;
  renewSession: () => Promise<boolean>;
}

export async function openRelease(request: Request): Promise<Release> {
  const kept = await findKept(request.appId);
  performance.mark('mezze:found');
  const fits = kept !== undefined && (request.version === undefined || request.version === kept.version);
  if (!fits || kept.development) return openAsked(request, kept, fits);
  const asked = ask(request, kept);
  return {
    package: openStored(kept),
    start: 'warm',
    gate: asked.then(({ gate }) => gate ?? undefined).catch(() => undefined),
    update: asked.then(
      (answer) => keepUpdate(answer, kept),
      (problem) => judgeRefusal(problem, request.appId),
    ),
  };
}

/** A damaged copy is as good as none: it is fetched again, and refused only if that fails. */
async function findKept(appId: string): Promise<StoredPackage | undefined> {
  try {
    return await findPackage(appId);
  } catch (failure) {
    if (failure instanceof PackageRefusal) await forgetPackage(appId);
    return undefined;
  }
}

/** `fits`: the kept release may be run; else it is only what an update starts from. */
async function openAsked(request: Request, kept: StoredPackage | undefined, fits: boolean): Promise<Release> {
  let answer: LaunchAnswer;
  try {
    answer = await ask(request, kept);
  } catch (failure) {
    if (kept === undefined || !fits || !(failure instanceof PlatformProblem) || !failure.unreachable) throw failure;
    return settled(openStored(kept), 'warm', undefined);
  }
  performance.mark('mezze:answered');
  if (answer.state === 'current' && kept !== undefined) return settled(openStored(kept), 'warm', answer);
  const { verified, logIndex } = await fetchPackage(answer, kept, request.progress, request.version !== undefined);
  const opened = openVerified(verified, answer.signers, answer.development);
  // Kept beside the start: a device without room still runs what it just verified.
  const keeping = keepPackage(verified, answer.signers, answer.development, logIndex).then(
    () => 'none' as const,
    () => 'failed' as const,
  );
  return { ...settled(opened, 'cold', answer), update: keeping };
}

function settled(opened: OpenedPackage, start: Release['start'], answer: LaunchAnswer | undefined): Release {
  return { package: opened, start, gate: Promise.resolve(answer?.gate ?? undefined), update: Promise.resolve('none') };
}

export async function ask(
  request: Pick<Request, 'appId' | 'version' | 'user' | 'renewSession'>,
  kept: Pick<StoredPackage, 'digest'> | undefined,
): Promise<LaunchAnswer> {
  const asking = (device_id: string) =>
    launch(request.appId, {
      device_id,
      ...(request.version === undefined ? {} : { version: request.version }),
      ...(kept === undefined ? {} : { cached_digest: kept.digest }),
    });
  const attempt = async () => asking(await deviceId(request.user));
  try {
    return await attempt().catch(async (failure: unknown) => {
      const signedOut = failure instanceof PlatformProblem && failure.status === 401;
      if (!signedOut || !(await request.renewSession())) throw failure;
      return attempt();
    });
  } catch (failure) {
    // The platform may have forgotten the device (a new data folder, a revoked device): prove the key once more.
    const forgotten = failure instanceof PlatformProblem && [400, 403, 404, 409, 422].includes(failure.status);
    if (!forgotten || !/device/i.test(`${failure.title} ${failure.detail}`)) throw failure;
    return asking(await register(request.user));
  }
}

async function keepUpdate(answer: LaunchAnswer, kept: StoredPackage): Promise<UpdateState> {
  if (answer.state === 'current') return 'none';
  try {
    const { verified, logIndex } = await fetchPackage(answer, kept, () => undefined);
    await keepPackage(verified, answer.signers, answer.development, logIndex);
    return 'ready';
  } catch {
    return 'failed';
  }
}

/** The platform's word that the app is gone counts at once; that it was not reached does not. */
async function judgeRefusal(problem: unknown, appId: string): Promise<UpdateState> {
  if (problem instanceof PlatformProblem && [403, 404, 410, 451].includes(problem.status)) {
    await forgetPackage(appId);
    throw problem;
  }
  return 'failed';
}
