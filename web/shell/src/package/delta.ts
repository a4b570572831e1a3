/**
 * Puts a release together from an update and the files that the device keeps (crates/mezze-package/src/delta).
 *
 * Input: the bytes of a delta, what was asked for, the trusted signers. Output: the same `VerifiedPackage` as a whole
 * package gives. Nothing in the delta is trusted: what it leads to is checked against the signed list of files.
 */
import { array, integer, literal, minValue, number, object, pipe, regex, safeParse, string } from 'valibot';
import { type Bytes, fromUtf8, hex, sha256 } from './bytes';
import { type Container, type ContainerLimits, defaultLimits, readContainer } from './container';
import { inflateEntry } from './inflate';
import { checkClashes, faultOfPath } from './names';
import { rootOf, rootsOf } from './parts';
import { refuse } from './refusal';
import { readStatementsOf, type TrustedSigners, verifyStatements } from './signing';
import { checkIdentity, filesDigest, type PackageFile, type VerifiedPackage, type Wanted } from './verify';

const digestSchema = pipe(string(), regex(/^[0-9a-f]{64}$/));
const listSchema = object({
  files: array(object({ path: string(), sha256: digestSchema, size: pipe(number(), integer(), minValue(0)) })),
  format: literal(1),
  package_digest: digestSchema,
});

/** Whether a release may not do without a part: then all of its files must be there. */
export type Needed = (root: string) => boolean;

/** Contents that are there already, by digest; left out where one is not. */
export type KeptContents = (digests: readonly string[]) => Promise<Map<string, Bytes>>;

export async function assembleDelta(
  bytes: Bytes,
  kept: KeptContents,
  wanted: Wanted,
  trusted: TrustedSigners,
  needed: Needed = () => true,
): Promise<VerifiedPackage> {
  const delta = readContainer(bytes);
  const list = await readList(delta, wanted);
  const statements = await readFile(delta, 'statements.bin');
  const signed = readStatementsOf(statements);
  const statement = await verifyStatements(signed, trusted);
  const content = await gather(delta, list, kept, needed);
  // The digest covers sizes and contents as they are, not as the list claims them.
  if ((await filesDigest(list)) !== statement.files_digest) {
    refuse('signature', 'the files of the update are not the ones that were signed');
  }
  checkIdentity(content.get('manifest.json'), statement, wanted);
  return { appId: statement.app_id, version: statement.version, digest: wanted.digest, list, signed, content };
}

async function readList(delta: Container, wanted: Wanted): Promise<PackageFile[]> {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(await readFile(delta, 'delta.json')));
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof TypeError) refuse('update', 'its list is not JSON');
    throw failure;
  }
  const parsed = safeParse(listSchema, value);
  if (!parsed.success) return refuse('update', 'its list is not one of ours');
  if (parsed.output.package_digest !== wanted.digest)
    refuse('update', 'it leads to another release than was asked for');
  const list = parsed.output.files.map(({ path, sha256: digest, size }) => ({ path, size, digest }));
  checkPaths(list.map((file) => file.path));
  checkLimits(list, defaultLimits);
  return list;
}

function checkPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const fault = faultOfPath(path);
    if (fault !== undefined) refuse('name', `${JSON.stringify(path)} ${fault}`);
  }
  checkClashes(paths);
}

function checkLimits(list: readonly PackageFile[], limits: ContainerLimits): void {
  if (list.length > limits.entries) refuse('limit', `the update has ${list.length} files`);
  for (const { path, size } of list) if (size > limits.fileSize) refuse('limit', `${path} is ${size} bytes`);
  const total = list.reduce((sum, file) => sum + file.size, 0);
  if (total > limits.totalSize) refuse('limit', `the files are ${total} bytes, over the limit of ${limits.totalSize}`);
}

async function gather(
  delta: Container,
  list: readonly PackageFile[],
  kept: KeptContents,
  needed: Needed,
): Promise<Map<string, Bytes>> {
  const sent = new Map(delta.entries.map((entry) => [entry.path, entry]));
  const missing = list.filter((file) => !sent.has(`content/${file.digest}`)).map((file) => file.digest);
  const known = await kept([...new Set(missing)]);
  const contents = list.map(async (file) => {
    const entry = sent.get(`content/${file.digest}`);
    const content = entry === undefined ? known.get(file.digest) : await inflateEntry(delta.bytes, entry);
    if (content === undefined) return [file.path, undefined] as const;
    if (content.length !== file.size || hex(await sha256(content)) !== file.digest) {
      return refuse('content', `${file.path} is not the content that the update's list names`);
    }
    return [file.path, content] as const;
  });
  const found = new Map<string, Bytes>();
  const away: string[] = [];
  for (const [path, content] of await Promise.all(contents)) {
    if (content === undefined) away.push(path);
    else found.set(path, content);
  }
  checkAway(away, found, needed);
  return found;
}

/** What is not there has to be of a subpackage that the device does without for now. */
function checkAway(away: readonly string[], found: ReadonlyMap<string, Bytes>, needed: Needed): void {
  if (away.length === 0) return;
  const manifest = found.get('manifest.json');
  const roots = manifest === undefined ? [] : rootsOf(manifest);
  const lost = away.find((path) => manifest === undefined || needed(rootOf(path, roots)));
  if (lost !== undefined) refuse('update', `${lost} is neither in it nor on this device`);
}

async function readFile(delta: Container, path: string): Promise<Bytes> {
  const entry = delta.entries.find((found) => found.path === path);
  return entry === undefined ? refuse('update', `it has no ${path}`) : inflateEntry(delta.bytes, entry);
}
