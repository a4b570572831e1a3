/**
 * Fetches a release and opens its seal: download, content key, unseal, verify; then its place in the public log.
 *
 * Where the platform offers the way from the kept release, that is fetched instead; if anything about it is wrong, the
 * whole package is fetched after all.
 */
import { openWrapped } from '../device/keys';
import { checkLogged } from '../log/release';
import { type LaunchAnswer, launchPart, logConsistency, type SealedFile, type WrappedKey } from '../platform/client';
import { PlatformProblem, problemOf } from '../platform/problem';
import { asDevice, type Request } from './ask';
import { type Bytes, concatenate, fromBase64url, hex, sha256, utf8 } from './bytes';
import { assembleDelta } from './delta';
import { openStored } from './opened';
import { refuse } from './refusal';
import { readContents, type StoredPackage } from './store';
import { unseal } from './unseal';
import { type VerifiedPackage, verifyPackage, type Wanted } from './verify';

const keyInfo = 'mezze content key v1';

/** What was fetched, and its place in the public log; a package under development has none. */
export interface FetchedPackage {
  verified: VerifiedPackage;
  logIndex: number | undefined;
}

/** `olderAllowed`: a version was asked for by name, so it may be one from before the kept release. */
export async function fetchPackage(
  answer: LaunchAnswer,
  kept: StoredPackage | undefined,
  progress: (part: number) => void,
  olderAllowed = false,
): Promise<FetchedPackage> {
  const wanted = { appId: answer.app_id, version: answer.version, digest: answer.package_digest };
  const verified =
    (await fetchDelta(answer, kept, wanted, progress)) ??
    (await fetchFirstPart(answer, wanted, progress)) ??
    (await fetchWhole(answer, wanted, progress));
  performance.mark('mezze:verified');
  return { verified, logIndex: await placeInLog(answer, verified, kept, olderAllowed) };
}

async function fetchWhole(
  answer: LaunchAnswer,
  wanted: Wanted,
  progress: (part: number) => void,
): Promise<VerifiedPackage> {
  const { sealed, key } = answer;
  if (sealed === undefined || sealed === null) return refuse('download', 'the platform named no file to fetch');
  if (key === undefined || key === null) return refuse('key', 'the platform sent no content key');
  const bytes = await open(sealed, key, answer, progress);
  return verifyPackage(bytes, wanted, answer.signers);
}

async function fetchDelta(
  answer: LaunchAnswer,
  kept: StoredPackage | undefined,
  wanted: Wanted,
  progress: (part: number) => void,
): Promise<VerifiedPackage | undefined> {
  const { delta } = answer;
  if (delta === undefined || delta === null || kept?.digest !== delta.from) return undefined;
  try {
    const bytes = await open(delta.sealed, delta.key, answer, progress);
    const needed = await partsOn(kept);
    return await assembleDelta(bytes, (digests) => readContents(kept, digests), wanted, answer.signers, needed);
  } catch (failure) {
    // A network that is gone is gone for the whole package too; anything else is the update's own fault.
    if (failure instanceof PlatformProblem && failure.unreachable) throw failure;
    console.warn(`the update of ${wanted.appId} was not used, the whole package is fetched: ${String(failure)}`);
    return undefined;
  }
}

/** The parts of a kept release that are on the device: the next release must have them too. */
async function partsOn(kept: StoredPackage): Promise<(root: string) => boolean> {
  const opened = openStored(kept);
  const roots = new Set(await opened.holdings());
  return (root) => roots.has(root);
}

/** What the first page needs of a release with subpackages. */
async function fetchFirstPart(
  answer: LaunchAnswer,
  wanted: Wanted,
  progress: (part: number) => void,
): Promise<VerifiedPackage | undefined> {
  const { part } = answer;
  if (part === undefined || part === null) return undefined;
  try {
    const bytes = await open(part.sealed, part.key, answer, progress);
    const needed = (root: string) => part.roots.includes(root);
    return await assembleDelta(bytes, async () => new Map(), wanted, answer.signers, needed);
  } catch (failure) {
    if (failure instanceof PlatformProblem && failure.unreachable) throw failure;
    console.warn(`the first part of ${wanted.appId} was not used, the whole package is fetched: ${String(failure)}`);
    return undefined;
  }
}

/** Fetches one part of a release that runs; gives its opened bytes, which nobody has checked yet. */
export async function fetchLaterPart(
  request: Pick<Request, 'user' | 'renewSession'>,
  { appId, version, digest }: Pick<StoredPackage, 'appId' | 'version' | 'digest'>,
  root: string,
  progress: (received: number, total: number) => void,
): Promise<Bytes> {
  const part = await asDevice(request, (device_id) =>
    launchPart(appId, { version, package_digest: digest, root, device_id }),
  );
  const { size } = part.sealed;
  const names = { app_id: appId, version, package_digest: digest };
  return open(part.sealed, part.key, names, (share) => progress(Math.round(share * size), size));
}

async function placeInLog(
  answer: LaunchAnswer,
  { appId, version, digest }: VerifiedPackage,
  kept: StoredPackage | undefined,
  olderAllowed: boolean,
): Promise<number | undefined> {
  // What a developer runs on their own machine, or gives to testers, is not public.
  if (answer.development || answer.trial) return undefined;
  const release = { appId, version, digest, developer: answer.signers.developer };
  const known = kept?.logIndex;
  const index = await checkLogged(release, answer.log ?? undefined, olderAllowed ? undefined : known, logConsistency);
  // An older release that was asked for does not make the platform's next word for "current" an older one too.
  return Math.max(index, known ?? 0);
}

async function open(
  sealed: SealedFile,
  wrapped: WrappedKey,
  answer: Pick<LaunchAnswer, 'app_id' | 'version' | 'package_digest'>,
  progress: (part: number) => void,
): Promise<Bytes> {
  const [bytes, key] = await Promise.all([download(sealed, progress), contentKey(wrapped, answer)]);
  performance.mark('mezze:downloaded');
  const opened = await unseal(bytes, key);
  performance.mark('mezze:unsealed');
  return opened;
}

async function download(sealed: SealedFile, progress: (part: number) => void): Promise<Bytes> {
  const url = new URL(sealed.url, location.origin);
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin' });
  } catch (failure) {
    throw new PlatformProblem(0, 'The package was not reached', String(failure), undefined);
  }
  if (!response.ok || response.body === null) throw await problemOf(response);
  const bytes = await readBody(response.body, sealed.size, progress);
  const digest = hex(await sha256(bytes));
  if (digest !== sealed.digest)
    refuse('download', `the sealed file's digest is ${digest}, announced was ${sealed.digest}`);
  return bytes;
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  size: number,
  progress: (part: number) => void,
): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    received += part.value.length;
    if (received > size) refuse('download', `more than the announced ${size} bytes came`);
    parts.push(part.value);
    progress(received / size);
  }
  return concatenate(parts);
}

async function contentKey(
  key: WrappedKey,
  { app_id, version, package_digest }: Pick<LaunchAnswer, 'app_id' | 'version' | 'package_digest'>,
): Promise<Bytes> {
  try {
    const wrapped = { enc: fromBase64url(key.enc), ciphertext: fromBase64url(key.ciphertext) };
    return await openWrapped(wrapped, utf8(keyInfo), utf8(`${app_id}\n${version}\n${package_digest}`));
  } catch (failure) {
    return refuse('key', `the content key is not for this device: ${String(failure)}`);
  }
}
