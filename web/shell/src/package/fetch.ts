/** Fetches a release and opens its seal: download, content key, unseal, verify. */
import { openWrapped } from '../device/keys';
import type { LaunchAnswer } from '../platform/client';
import { PlatformProblem, problemOf } from '../platform/problem';
import { type Bytes, concatenate, fromBase64url, hex, sha256, utf8 } from './bytes';
import { refuse } from './refusal';
import { unseal } from './unseal';
import { type VerifiedPackage, verifyPackage } from './verify';

const keyInfo = 'mezze content key v1';

export async function fetchPackage(answer: LaunchAnswer, progress: (part: number) => void): Promise<VerifiedPackage> {
  const [sealed, key] = await Promise.all([download(answer, progress), contentKey(answer)]);
  performance.mark('mezze:downloaded');
  const bytes = await unseal(sealed, key);
  performance.mark('mezze:unsealed');
  const wanted = { appId: answer.app_id, version: answer.version, digest: answer.package_digest };
  const verified = await verifyPackage(bytes, wanted, answer.signers);
  performance.mark('mezze:verified');
  return verified;
}

async function download(answer: LaunchAnswer, progress: (part: number) => void): Promise<Bytes> {
  const { sealed } = answer;
  if (sealed === undefined || sealed === null) return refuse('download', 'the platform named no file to fetch');
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

async function contentKey(answer: LaunchAnswer): Promise<Bytes> {
  const { key, app_id, version, package_digest } = answer;
  if (key === undefined || key === null) return refuse('key', 'the platform sent no content key');
  try {
    const wrapped = { enc: fromBase64url(key.enc), ciphertext: fromBase64url(key.ciphertext) };
    return await openWrapped(wrapped, utf8(keyInfo), utf8(`${app_id}\n${version}\n${package_digest}`));
  } catch (failure) {
    return refuse('key', `the content key is not for this device: ${String(failure)}`);
  }
}
