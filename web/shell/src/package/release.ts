/**
 * Which release of an app to run, and where from.
 *
 * A kept release opens at once; the platform is asked beside it and a newer release is kept for the next start. Where
 * an update is due (forced, below the lowest version, long unused) it comes first, and the old release opens if that
 * fails or takes too long. In development, and without a kept release, the platform is asked first.
 */
import type { GateAccess, LaunchAnswer } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import { ask, type Request } from './ask';
import { fetchLaterPart, fetchPackage } from './fetch';
import { keepWithRoom } from './keep';
import { type OpenedPackage, openStored, openVerified } from './opened';
import type { FetchPart } from './parts';
import { PackageRefusal } from './refusal';
import { revocationOf } from './revocations';
import { endedRunning, findPackage, forgetPackage, notePackage, placeOf, type StoredPackage } from './store';
import {
  dueBeforeOpening,
  dueBy,
  factsOf,
  isFinal,
  judgeRefusal,
  noteCurrent,
  noteDue,
  noteRefusal,
  type UpdateState,
  updateBeside,
} from './update';
import { Withdrawn } from './withdrawn';

export interface Release {
  package: OpenedPackage;
  /** How it was opened: `cold` was fetched now, `warm` was kept. */
  start: 'cold' | 'warm';
  /** Access to the gate, once the platform answered; undefined while there is none. */
  gate: Promise<GateAccess | undefined>;
  /** Whether there is a newer release; undefined where the platform was not reached. */
  check: Promise<boolean | undefined>;
  /** What came of the update; rejects where the platform withdrew the app. */
  update: Promise<UpdateState>;
  /** False where the device had no room for what was fetched: it runs, and is not here the next time. */
  kept: Promise<boolean>;
}

/** How long an update may hold up an app that could open without it, milliseconds. */
const patience = 8000;

export async function openRelease(request: Request): Promise<Release> {
  const place = placeOf(request.appId, request.version);
  await endedRunning(place);
  const kept = await findKept(request, place);
  performance.mark('mezze:found');
  if (kept === undefined || kept.record.development) return openAsked(request, kept?.record, place);
  const { record } = kept;
  const revoked = record.withdrawn ?? (await revocationOf(record));
  if (revoked !== undefined) return openInstead(request, record, kept.place, revoked);
  void notePackage(kept.place, record.digest, (noted) => {
    noted.usedAt = Date.now();
  }).catch(() => undefined);
  return dueBeforeOpening(record) ? openUpdated(request, record, kept.place) : openKept(request, record, kept.place);
}

/** What is kept under its version's name, else the current release where it is that version. */
async function findKept(
  { appId, version }: Request,
  place: string,
): Promise<{ record: StoredPackage; place: string } | undefined> {
  const own = await findSound(place);
  if (own !== undefined || version === undefined) return own && { record: own, place };
  const current = await findSound(appId);
  return current?.version === version ? { record: current, place: appId } : undefined;
}

/** A damaged copy is as good as none: it is fetched again, and refused only if that fails. */
async function findSound(place: string): Promise<StoredPackage | undefined> {
  try {
    return await findPackage(place);
  } catch (failure) {
    if (failure instanceof PackageRefusal) await forgetPackage(place);
    return undefined;
  }
}

function openKept(request: Request, kept: StoredPackage, place: string): Release {
  return beside(request, kept, place, ask(request, kept));
}

/** Opens what is kept; the platform's answer is followed beside it. */
function beside(request: Request, kept: StoredPackage, place: string, asked: Promise<LaunchAnswer>): Release {
  return {
    package: open(request, kept),
    start: 'warm',
    gate: asked.then(({ gate }) => gate ?? undefined).catch(() => undefined),
    check: asked.then(({ state }) => state === 'fetch').catch(() => undefined),
    update: asked.then(
      (answer) => updateBeside(answer, kept, place),
      (problem) => judgeRefusal(problem, kept, place),
    ),
    kept: Promise.resolve(true),
  };
}

/** Updates first. The old release opens after all where it may, and the update fails or does not come in time. */
async function openUpdated(request: Request, kept: StoredPackage, place: string): Promise<Release> {
  const asked = ask(request, kept);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience, undefined));
  let answer: LaunchAnswer | undefined;
  try {
    // A release that must not open any more waits for as long as it takes.
    answer = await (kept.due === 'minimum' ? asked : Promise.race([asked, late]));
  } catch (failure) {
    if (isFinal(failure)) await noteRefusal(failure, kept, place);
    if (isFinal(failure) || kept.due === 'minimum') throw failure;
    return { ...settled(open(request, kept), 'warm', undefined), update: Promise.resolve('failed') };
  }
  if (answer === undefined) return beside(request, kept, place, asked);
  if (answer.state === 'current') {
    await noteCurrent(kept, place);
    return settled(open(request, kept), 'warm', answer);
  }
  const due = dueBy(answer, kept);
  if (due !== undefined) await noteDue(kept, place, due);
  const fetched = fetchAndOpen(request, answer, kept, place);
  const old = { ...settled(open(request, kept), 'warm', answer), check: Promise.resolve(true) };
  try {
    const opened = await (due === 'minimum' ? fetched : Promise.race([fetched, late]));
    if (opened !== undefined) return opened;
  } catch (failure) {
    if (due === 'minimum') throw failure;
    console.warn(`the update of ${kept.appId} failed, ${kept.version} opens: ${String(failure)}`);
    return { ...old, update: Promise.resolve('failed') };
  }
  const update = fetched.then(({ update: kept }) => kept.then((state) => (state === 'none' ? 'ready' : state)));
  return { ...old, update: update.catch(() => 'failed' as const) };
}

/** What is kept was withdrawn: whatever the platform has in its place, else the reason. */
async function openInstead(
  request: Request,
  kept: StoredPackage,
  place: string,
  revoked: { reason: string; hint?: string },
): Promise<Release> {
  let answer: LaunchAnswer;
  try {
    answer = await ask(request, kept);
  } catch (failure) {
    if (failure instanceof PlatformProblem && failure.unreachable) throw new Withdrawn(revoked.reason, revoked.hint);
    throw failure;
  }
  if (answer.state === 'fetch') return fetchAndOpen(request, answer, kept, place);
  // A signed revocation stands, whatever a launch answers; a mere refusal may have been taken back.
  if ((await revocationOf(kept)) !== undefined) throw new Withdrawn(revoked.reason, revoked.hint);
  await noteCurrent(kept, place);
  return settled(open(request, kept), 'warm', answer);
}

async function openAsked(request: Request, kept: StoredPackage | undefined, place: string): Promise<Release> {
  let answer: LaunchAnswer;
  try {
    answer = await ask(request, kept);
  } catch (failure) {
    if (kept === undefined || !(failure instanceof PlatformProblem) || !failure.unreachable) throw failure;
    return settled(open(request, kept), 'warm', undefined);
  }
  performance.mark('mezze:answered');
  if (answer.state === 'current' && kept !== undefined) return settled(open(request, kept), 'warm', answer);
  return fetchAndOpen(request, answer, kept, place);
}

async function fetchAndOpen(
  request: Request,
  answer: LaunchAnswer,
  kept: StoredPackage | undefined,
  place: string,
): Promise<Release> {
  const { verified, logIndex } = await fetchPackage(answer, kept, request.progress, request.version !== undefined);
  const facts = factsOf(answer, logIndex);
  const revoked = await revocationOf({ ...verified, signers: answer.signers });
  if (revoked !== undefined) throw new Withdrawn(revoked.reason);
  // Kept beside the start: a device without room still runs what it just verified.
  const keeping = keepWithRoom(verified, facts, { place, runs: kept !== undefined }).then(
    () => true,
    (failure: unknown) => {
      console.warn(`${verified.appId} ${verified.version} was not kept: ${String(failure)}`);
      return false;
    },
  );
  const update = keeping.then((done) => (done ? ('none' as const) : ('failed' as const)));
  const opened = openVerified(verified, facts, partsOf(request, verified));
  return { ...settled(opened, 'cold', answer), update, kept: keeping };
}

function open(request: Request, kept: StoredPackage): OpenedPackage {
  return openStored(kept, partsOf(request, kept));
}

/** How a release gets a subpackage that is not on the device. */
function partsOf(request: Request, release: Pick<StoredPackage, 'appId' | 'version' | 'digest'>): FetchPart {
  return (root, progress) => fetchLaterPart(request, release, root, progress);
}

function settled(opened: OpenedPackage, start: Release['start'], answer: LaunchAnswer | undefined): Release {
  return {
    package: opened,
    start,
    gate: Promise.resolve(answer?.gate ?? undefined),
    check: Promise.resolve(answer === undefined ? undefined : false),
    update: Promise.resolve('none'),
    kept: Promise.resolve(true),
  };
}
