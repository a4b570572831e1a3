/**
 * What comes of an update: fetched and kept in one transaction, or the old release stays as it is.
 *
 * When it has to come before the app opens is `dueBeforeOpening`; WeChat's documents name the same occasions.
 */
import type { LaunchAnswer } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import { fetchPackage } from './fetch';
import { keepWithRoom } from './keep';
import { forgetPackage, notePackage, type ReleaseFacts, type StoredPackage } from './store';

/**
 * `ready`: the next start runs the newer release. `restart`: the running one must not go on, its `due` says why; the
 * next start updates first.
 */
export type UpdateState = 'none' | 'ready' | 'failed' | 'restart';

/**
 * A release that nobody checked for so long is updated before it opens. WeChat names no figure for an app that was not
 * used for long; it promises that a release reaches almost everybody within 24 hours, which is this one.
 */
const longUnused = 24 * 60 * 60 * 1000;

export const dueBeforeOpening = (kept: StoredPackage): boolean =>
  kept.due !== undefined || Date.now() - kept.checkedAt > longUnused;

export function factsOf(answer: LaunchAnswer, logIndex: number | undefined): ReleaseFacts {
  const { signers, lineage, development, trial, version_code: versionCode } = answer;
  return { signers, lineage, development, trial, versionCode, ...(logIndex === undefined ? {} : { logIndex }) };
}

/** What the platform's word means for a release that is on the device. */
export function dueBy(answer: LaunchAnswer, kept: StoredPackage): StoredPackage['due'] {
  if (answer.state === 'current') return undefined;
  if (kept.versionCode < answer.minimum_version_code) return 'minimum';
  return answer.forced ? 'forced' : undefined;
}

/** The release on the device is the current one, as the platform says. */
export function noteCurrent(kept: StoredPackage, place: string): Promise<void> {
  return notePackage(place, kept.digest, (record) => {
    record.checkedAt = Date.now();
    delete record.due;
    delete record.withdrawn;
  });
}

export function noteDue(kept: StoredPackage, place: string, due: NonNullable<StoredPackage['due']>): Promise<void> {
  return notePackage(place, kept.digest, (record) => {
    record.due = due;
  });
}

/** Beside a running app: keeps what the platform has newer. */
export async function updateBeside(answer: LaunchAnswer, kept: StoredPackage, place: string): Promise<UpdateState> {
  if (answer.state === 'current') {
    await noteCurrent(kept, place);
    return 'none';
  }
  const due = dueBy(answer, kept);
  if (due !== undefined) {
    await noteDue(kept, place, due);
    return 'restart';
  }
  try {
    const { verified, logIndex } = await fetchPackage(answer, kept, () => undefined);
    await keepWithRoom(verified, factsOf(answer, logIndex), { place, runs: true });
    return 'ready';
  } catch (failure) {
    console.warn(`the update of ${kept.appId} failed, ${kept.version} stays: ${String(failure)}`);
    return 'failed';
  }
}

/**
 * Beside a running app: the platform's word that the app is gone counts at once, and offline from then on; that it was
 * not reached does not.
 */
export async function judgeRefusal(problem: unknown, kept: StoredPackage, place: string): Promise<UpdateState> {
  if (!isFinal(problem)) return 'failed';
  await noteRefusal(problem, kept, place);
  throw problem;
}

export function isFinal(problem: unknown): problem is PlatformProblem {
  return problem instanceof PlatformProblem && [403, 404, 410, 451].includes(problem.status);
}

/** Keeps the reason where there is one, so that it can be shown without a network; else the copy goes. */
export async function noteRefusal(problem: PlatformProblem, kept: StoredPackage, place: string): Promise<void> {
  if (problem.status !== 410) return forgetPackage(place);
  const { detail: reason, hint } = problem;
  await notePackage(place, kept.digest, (record) => {
    record.withdrawn = { reason, ...(hint === undefined ? {} : { hint }) };
  });
}
