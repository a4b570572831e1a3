/**
 * What must not run any more: the platform's signed list, kept on the device and honoured from then on, offline too.
 *
 * Input: answers of `GET /api/v1/revocations`. An answer only adds: it continues the list that is here, number by number,
 * is signed by the key that this device knows or one that it vouched for, and was not issued before the last one. Nothing ever takes an entry away.
 */
import {
  array,
  boolean,
  integer,
  literal,
  minValue,
  nullish,
  number,
  object,
  picklist,
  pipe,
  safeParse,
  string,
} from 'valibot';
import { answer, get, transact } from '../device/database';
import { call } from '../platform/client';
import { fromBase64url, fromUtf8, utf8 } from './bytes';
import { keyChangesLead, keyChangesSchema } from './key-change';
import { refuse } from './refusal';
import type { TrustedSigners } from './signing';

const count = pipe(number(), integer(), minValue(0));
const entrySchema = object({
  sequence: count,
  kind: picklist(['release', 'key']),
  app_id: string(),
  version: nullish(string()),
  package_digest: nullish(string()),
  developer_key: nullish(string()),
  reason: string(),
  at: number(),
});
const listSchema = object({
  type: literal('mezze.revocations.v1'),
  issued: number(),
  since: count,
  latest: count,
  entries: array(entrySchema),
});
const answerSchema = object({
  payload: string(),
  signature: string(),
  key: string(),
  changes: keyChangesSchema,
  more: boolean(),
});

interface Revocation {
  kind: 'release' | 'key';
  appId: string;
  version: string | undefined;
  digest: string | undefined;
  developerKey: string | undefined;
  reason: string;
}

/** The list as it is on this device. */
interface KnownRevocations {
  key: string;
  latest: number;
  /** Seconds since 1970. */
  issued: number;
  entries: Revocation[];
}

export interface SignedList {
  payload: string;
  signature: string;
  key: string;
  /** How earlier keys gave way to this one. */
  changes?: readonly { older: string; newer: string; signature: string }[];
}

const place = 'revocations';
/** Clocks of two platform nodes, and what a cache may keep, seconds. */
const tolerance = 300;
/** Pages of one poll: a thousand entries each. */
const mostPages = 100;

/** What is asked about: a kept release, or one that was just verified. */
export interface Revocable {
  appId: string;
  version: string;
  digest: string;
  signers: TrustedSigners;
}

/** The entry by which a release must not run, with the reason that users read. */
export async function revocationOf(release: Revocable): Promise<{ reason: string } | undefined> {
  const known = await readKnown();
  return known?.entries.find((entry) => covers(entry, release));
}

function covers(entry: Revocation, { appId, version, digest, signers }: Revocable): boolean {
  if (entry.appId !== appId) return false;
  if (entry.kind === 'key') return entry.developerKey === signers.developer;
  return entry.digest === undefined ? entry.version === version : entry.digest === digest;
}

/** Asks for what is new; true where there is something. Throws where the answer is not to be believed. */
export async function pollRevocations(): Promise<boolean> {
  let changed = false;
  for (let page = 0; page < mostPages; page += 1) {
    const since = (await readKnown())?.latest ?? 0;
    // Caches between may keep an answer for a minute; the browser's own need not add to that.
    const path = `/api/v1/revocations?since=${since}`;
    const signed = await call('GET', path, answerSchema, undefined, 'no-store');
    changed = (await addRevocations(signed, since)) || changed;
    if (!signed.more) break;
  }
  return changed;
}

/** Checks an answer to `since` and keeps it; true where it has entries. */
export async function addRevocations(signed: SignedList, since: number): Promise<boolean> {
  const known = await readKnown();
  if (known !== undefined && !(await keyChangesLead('revocations', known.key, signed.key, signed.changes ?? []))) {
    refuse(
      'signer',
      'the list of revocations is signed by another key than this device knows, which did not vouch for it',
    );
  }
  await checkSignature(signed);
  const list = readList(signed.payload);
  if (list.since !== since) refuse('update', `the list of revocations begins after ${list.since}, not ${since}`);
  let last = since;
  for (const { sequence } of list.entries) {
    if (sequence <= last) refuse('update', `revocation ${sequence} comes after ${last}`);
    last = sequence;
  }
  if (list.latest !== last) refuse('update', `the list of revocations ends at ${last}, not at ${list.latest}`);
  if (known !== undefined && list.issued < known.issued - tolerance) {
    refuse('update', 'the list of revocations is older than the one on this device');
  }
  await keep(signed.key, list);
  return list.entries.length > 0;
}

async function checkSignature({ payload, signature, key }: SignedList): Promise<void> {
  let good = false;
  try {
    const imported = await crypto.subtle.importKey('raw', fromBase64url(key), 'Ed25519', false, ['verify']);
    const message = utf8(`mezze revocations v1\n${payload}`);
    good = await crypto.subtle.verify('Ed25519', imported, fromBase64url(signature), message);
  } catch {
    // Neither a key nor a signature: as good as a wrong one.
  }
  if (!good) refuse('signature', "the list of revocations is not signed by the platform's key");
}

function readList(payload: string) {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(fromBase64url(payload)));
  } catch {
    refuse('update', 'the list of revocations is not JSON');
  }
  const parsed = safeParse(listSchema, value);
  return parsed.success ? parsed.output : refuse('update', 'the list of revocations is not one of ours');
}

/** In one transaction, on what is there by then: two tabs may poll at once. */
async function keep(key: string, list: ReturnType<typeof readList>): Promise<void> {
  await transact(['device'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('device');
    const before = (await answer(store.get(place))) as KnownRevocations | undefined;
    const known = before ?? { key, latest: 0, issued: 0, entries: [] };
    const fresh = list.entries.filter(({ sequence }) => sequence > known.latest).map(entryOf);
    const next: KnownRevocations = {
      key,
      latest: Math.max(known.latest, list.latest),
      issued: Math.max(known.issued, list.issued),
      entries: [...known.entries, ...fresh],
    };
    store.put(next, place);
  });
}

function entryOf(entry: ReturnType<typeof readList>['entries'][number]): Revocation {
  const { kind, app_id: appId, version, package_digest: digest, developer_key: developerKey, reason } = entry;
  return {
    kind,
    appId,
    version: version ?? undefined,
    digest: digest ?? undefined,
    developerKey: developerKey ?? undefined,
    reason,
  };
}

async function readKnown(): Promise<KnownRevocations | undefined> {
  return (await get('device', place)) as KnownRevocations | undefined;
}
