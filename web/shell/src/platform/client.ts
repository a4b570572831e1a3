/** Calls to the platform's REST interface (docs/architecture/rest.md); every answer is validated. */
import {
  array,
  boolean,
  type GenericSchema,
  type InferOutput,
  literal,
  nullish,
  number,
  object,
  optional,
  string,
  union,
} from 'valibot';
import { keyChangesSchema } from '../package/key-change';
import { lineageSchema } from '../package/lineage';
import { type KeptGrant, keptGrantSchema } from '../permission/grants';
import { policySchema } from '../permission/policy';
import { PlatformProblem, problemOf, reach, understood } from './problem';

export const userSchema = object({
  id: string(),
  name: string(),
  avatar_color: nullish(string()),
  device_mark: nullish(string()),
});
export type User = InferOutput<typeof userSchema>;

export const miniAppSchema = object({
  app_id: string(),
  name: string(),
  description: nullish(string()),
  icon_url: nullish(string()),
  version: nullish(string()),
  publisher: nullish(string()),
  category: nullish(string()),
  suggested_reason: nullish(string()),
});
export type MiniAppSummary = InferOutput<typeof miniAppSchema>;

const wrappedSchema = object({ enc: string(), ciphertext: string() });
const gateSchema = object({ ticket: string(), key: string(), expires: number() });
const signersSchema = object({ developer: string(), platform: string() });
const sealedSchema = object({ url: string(), size: number(), digest: string() });
/** Some subpackages of a release; the main package's root is empty. */
const partSchema = object({ roots: array(string()), sealed: sealedSchema, key: wrappedSchema });
const launchSchema = object({
  state: union([literal('current'), literal('fetch')]),
  app_id: string(),
  version: string(),
  package_digest: string(),
  sealed: optional(nullish(sealedSchema)),
  key: optional(nullish(wrappedSchema)),
  /** The way from the package that the device named to the one to run, where it is shorter. */
  delta: optional(nullish(object({ from: string(), sealed: sealedSchema, key: wrappedSchema }))),
  /** What the first page needs, of a release with subpackages. */
  part: optional(nullish(partSchema)),
  /** Proof that the release is in the public log. */
  log: optional(
    nullish(
      object({
        verifier_key: string(),
        changes: keyChangesSchema,
        index: number(),
        entry: string(),
        proof: array(string()),
        checkpoint: string(),
      }),
    ),
  ),
  signers: signersSchema,
  /** Keys that vouched for the developer's. */
  lineage: optional(lineageSchema, []),
  gate: optional(nullish(gateSchema)),
  development: optional(boolean(), false),
  /** A build for testers, before its review. */
  trial: optional(boolean(), false),
  /** Update before opening, whatever is on the device. */
  forced: optional(boolean(), false),
  /** Copies with a lower version code must not be opened any more. */
  minimum_version_code: optional(number(), 0),
  version_code: optional(number(), 0),
});
export type LaunchAnswer = InferOutput<typeof launchSchema>;
export type SealedFile = InferOutput<typeof sealedSchema>;
export type WrappedKey = InferOutput<typeof wrappedSchema>;
export type GateAccess = InferOutput<typeof gateSchema>;

const mapTilesSchema = object({
  datum: union([literal('wgs84'), literal('gcj02')]),
  attribution: optional(string(), ''),
  max_zoom: optional(number(), 18),
});

const platformSchema = object({
  /** Tiles of the operator's for maps; without them a map draws the outline of the world. */
  map_tiles: optional(nullish(mapTilesSchema)),
  name: optional(string(), 'Mezze'),
  demo: optional(boolean(), false),
  development: optional(boolean(), false),
  version: optional(string(), ''),
  /** Undefined where the platform does not say; then it has to be asked for the user. */
  signed_in: optional(boolean()),
  /** What the operator forbids or gives beforehand. */
  permission_policy: optional(policySchema),
});
export type PlatformFacts = InferOutput<typeof platformSchema>;

export async function call<T extends GenericSchema>(
  method: string,
  path: string,
  schema: T,
  body?: unknown,
  cache?: RequestCache,
): Promise<InferOutput<T>> {
  const response = await send(method, path, body, cache);
  if (!response.ok) throw await problemOf(response);
  const value: unknown = response.status === 204 ? undefined : await jsonOf(response, `${method} ${path}`);
  return understood(schema, value, response.status, `${method} ${path}`);
}

/** What is no JSON is not the platform's: a network that asks to sign in answers for it, or the answer broke off. */
async function jsonOf(response: Response, what: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (failure) {
    throw new PlatformProblem(0, 'The platform was not reached', `${what}: ${String(failure)}`, undefined);
  }
}

export async function send(method: string, path: string, body?: unknown, cache?: RequestCache): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (cache !== undefined) init.cache = cache;
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  return reach(path, init);
}

export const facts = () => call('GET', '/api/v1/platform', platformSchema);
export const me = () => call('GET', '/api/v1/me', userSchema);
export const miniApps = () => call('GET', '/api/v1/miniapps', array(miniAppSchema));
export const miniApp = (appId: string) => call('GET', `/api/v1/miniapps/${encodeURIComponent(appId)}`, miniAppSchema);

/** The mark that prompts of the shell show from now on. */
export async function chooseMark(mark: string): Promise<void> {
  const response = await send('PUT', '/api/v1/me/mark', { mark });
  if (!response.ok) throw await problemOf(response);
}

/** What the user answered to any app, as the account knows it. */
export const grantsOfAll = () =>
  call('GET', '/api/v1/grants', array(object({ app_id: string(), grants: array(keptGrantSchema) })));

/** Sends this device's answers for an app and gets the account's, merged. */
export const exchangeGrants = (appId: string, grants: KeptGrant[]): Promise<KeptGrant[]> =>
  call('PUT', `/api/v1/miniapps/${encodeURIComponent(appId)}/grants`, object({ grants: array(keptGrantSchema) }), {
    grants,
  }).then((answer) => answer.grants);

export async function signIn(credentials: { demo: true } | { user: string; password: string }): Promise<void> {
  const response = await send('POST', '/api/v1/session', credentials);
  if (!response.ok) throw await problemOf(response);
}

export async function signOut(): Promise<void> {
  const response = await send('DELETE', '/api/v1/session');
  if (!response.ok && response.status !== 401) throw await problemOf(response);
}

export function launch(
  appId: string,
  request: { version?: string; cached_digest?: string; device_id: string; page?: string },
): Promise<LaunchAnswer> {
  return call('POST', `/api/v1/miniapps/${encodeURIComponent(appId)}/launch`, launchSchema, request);
}

/** One subpackage of a release. */
export const launchPart = (
  appId: string,
  request: { version: string; package_digest: string; root: string; device_id: string },
) => call('POST', `/api/v1/miniapps/${encodeURIComponent(appId)}/parts`, partSchema, request);

export const challenge = (publicKey: JsonWebKey) =>
  call('POST', '/api/v1/devices/challenge', wrappedSchema, { public_key: publicKey });
export const registerDevice = (publicKey: JsonWebKey, proof: string) =>
  call('POST', '/api/v1/devices', object({ device_id: string() }), { public_key: publicKey, proof });

/** Proof that the public log of `to` entries continues the one of `from`, hashes in hexadecimal. */
export async function logConsistency(from: number, to: number): Promise<string[]> {
  const path = `/api/v1/log/consistency?from=${from}&to=${to}`;
  return (await call('GET', path, object({ proof: array(string()) }))).proof;
}

/** Makes the signed-in user a tester. */
export const redeemTestLink = (code: string) =>
  call('POST', '/api/v1/test-links/redeem', object({ app_id: string(), version: nullish(string()) }), { code });
