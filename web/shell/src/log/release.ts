/**
 * Before a release runs for the first time: it stands in the platform's public log, and the log only grew since this
 * device last saw it. So a platform can't show one user another release than everybody else, or an older one again,
 * without that being on record.
 */
import { literal, minValue, number, object, pipe, safeParse, string } from 'valibot';
import { get, put } from '../device/database';
import { type Bytes, base64url, utf8 } from '../package/bytes';
import { keyChangesLead } from '../package/key-change';
import { refuse } from '../package/refusal';
import { type LogKey, readCheckpoint, readLogKey } from './checkpoint';
import { type Head, leafHash, verifyConsistency, verifyInclusion } from './proof';

/** What the platform's launch answer says of the log. */
export interface LogProof {
  verifier_key: string;
  /** How earlier keys gave way to this one. */
  changes?: readonly { older: string; newer: string; signature: string }[];
  index: number;
  entry: string;
  proof: string[];
  checkpoint: string;
}

export interface LoggedRelease {
  appId: string;
  version: string;
  /** SHA-256 of the package, hex. */
  digest: string;
  /** The developer's key, base64url. */
  developer: string;
}

/** What this device knows of the platform's log. */
interface KnownLog {
  verifierKey: string;
  size: number;
  root: Bytes;
}

/** Fetches a proof that the log of `to` entries continues the one of `from`. */
export type FetchConsistency = (from: number, to: number) => Promise<string[]>;

const entrySchema = object({
  type: literal('mezze.log.release.v1'),
  app_id: string(),
  developer: string(),
  package_digest: string(),
  time: pipe(number(), minValue(0)),
  version: string(),
});

const place = 'log';

/** Throws a refusal where the release is not in the log; gives its place there, which later releases must exceed. */
export async function checkLogged(
  release: LoggedRelease,
  answer: LogProof | undefined,
  known: number | undefined,
  consistency: FetchConsistency,
): Promise<number> {
  if (answer === undefined) return refuse('log', 'the platform did not prove that the release is in its public log');
  const remembered = (await get('device', place)) as KnownLog | undefined;
  const key = await readLogKey(answer.verifier_key);
  if (remembered !== undefined && !(await isSameLog(await readLogKey(remembered.verifierKey), key, answer))) {
    refuse('log', "the platform's public log has another key than this device knows, which did not vouch for it");
  }
  const head = await readHead(answer, key, release);
  if (known !== undefined && answer.index < known) {
    refuse('log', `its release is entry ${answer.index} of the log, this device has had entry ${known}`);
  }
  await follow(remembered, head, answer.verifier_key, consistency);
  return answer.index;
}

/** The same name, and the key that is known or one that it gave way to. */
function isSameLog(known: LogKey, key: LogKey, { changes = [] }: LogProof): Promise<boolean> | boolean {
  const [from, to] = [base64url(known.key), base64url(key.key)];
  return known.origin === key.origin && keyChangesLead('log', from, to, changes);
}

async function readHead(answer: LogProof, key: LogKey, release: LoggedRelease): Promise<Head> {
  const head = await readCheckpoint(answer.checkpoint, key);
  await verifyInclusion(await leafHash(utf8(answer.entry)), answer.index, head, answer.proof.map(fromHex));
  let value: unknown;
  try {
    value = JSON.parse(answer.entry);
  } catch {
    refuse('log', 'the entry is not JSON');
  }
  const entry = safeParse(entrySchema, value);
  if (!entry.success) return refuse('log', 'the entry does not tell of a release');
  const { app_id, version, package_digest, developer } = entry.output;
  const same =
    app_id === release.appId.toLowerCase() &&
    version === release.version.toLowerCase() &&
    package_digest === release.digest &&
    developer === release.developer;
  if (!same) refuse('log', `the entry tells of ${app_id} ${version}, or of another package`);
  return head;
}

async function follow(
  remembered: KnownLog | undefined,
  head: Head,
  verifierKey: string,
  consistency: FetchConsistency,
): Promise<void> {
  if (remembered !== undefined) {
    const { size, root } = remembered;
    // An answer may be older than the newest one that was seen: then the known log must continue it.
    const [older, newer] = size <= head.size ? [{ size, root }, head] : [head, { size, root }];
    const needed = older.size > 0 && older.size < newer.size;
    const proof = needed ? await consistency(older.size, newer.size) : [];
    await verifyConsistency(older, newer, proof.map(fromHex));
    if (newer !== head) return;
  }
  await put('device', place, { verifierKey, size: head.size, root: head.root } satisfies KnownLog);
}

function fromHex(text: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(text)) refuse('log', 'a hash is not written in hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
