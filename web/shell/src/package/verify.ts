/**
 * Verifies a whole package in the order of docs/architecture/signing.md and gives its files.
 *
 * Input: bytes of a `.ma`, what was asked for, the trusted signers. Output: a `VerifiedPackage`, which is the only
 * thing that the rest of the shell opens.
 */
import { object, optional, pipe, regex, safeParse, string } from 'valibot';
import { type Bytes, compareBytes, fromUtf8, hex, sha256, utf8 } from './bytes';
import { readContainer } from './container';
import { inflateEntry } from './inflate';
import { refuse } from './refusal';
import {
  containerDigest,
  readSignedStatements,
  type SignedStatement,
  type TrustedSigners,
  verifyStatements,
} from './signing';

export interface PackageFile {
  path: string;
  size: number;
  /** SHA-256 of the content, hex. */
  digest: string;
}

export interface VerifiedPackage {
  appId: string;
  version: string;
  /** SHA-256 of the whole package, hex. */
  digest: string;
  list: PackageFile[];
  signed: SignedStatement[];
  content: Map<string, Bytes>;
}

export interface Wanted {
  appId: string;
  version: string;
  /** SHA-256 of the whole package as the platform announced it, hex. */
  digest: string;
}

export async function verifyPackage(bytes: Bytes, wanted: Wanted, trusted: TrustedSigners): Promise<VerifiedPackage> {
  const container = readContainer(bytes);
  const signed = readSignedStatements(container);
  const statement = await verifyStatements(signed, trusted);
  if ((await containerDigest(container)) !== statement.container_digest) {
    refuse('signature', 'the package is not the one that was signed: its container digest differs');
  }
  const digest = hex(await sha256(bytes));
  if (digest !== wanted.digest) refuse('identity', `the package digest is ${digest}, announced was ${wanted.digest}`);

  const inflated = container.entries.map(async (entry) => [entry.path, await inflateEntry(bytes, entry)] as const);
  const content = new Map(await Promise.all(inflated));
  const list = await Promise.all(Array.from(content, ([path, file]) => describe(path, file)));
  if ((await filesDigest(list)) !== statement.files_digest) {
    refuse('signature', 'the files are not the ones that were signed: their digest differs');
  }
  checkIdentity(content.get('manifest.json'), statement, wanted);
  return { appId: statement.app_id, version: statement.version, digest, list, signed, content };
}

/** The manifest and the statements are about the same release, and it is the one that was asked for. */
export function checkIdentity(
  manifest: Bytes | undefined,
  statement: { app_id: string; version: string },
  wanted: Pick<Wanted, 'appId' | 'version'>,
): void {
  checkManifest(manifest, statement);
  if (statement.app_id !== wanted.appId.toLowerCase() || statement.version !== wanted.version.toLowerCase()) {
    refuse(
      'identity',
      `the package is ${statement.app_id} ${statement.version}, asked was ${wanted.appId} ${wanted.version}`,
    );
  }
}

async function describe(path: string, content: Bytes): Promise<PackageFile> {
  return { path, size: content.length, digest: hex(await sha256(content)) };
}

/** SHA-256 over `PATH 00 SIZE 00 SHA256HEX 0A` for each file, sorted by the bytes of the paths. */
export async function filesDigest(list: readonly PackageFile[]): Promise<string> {
  const lines = list
    .map((file) => ({ path: utf8(file.path), text: `${file.path}\0${file.size}\0${file.digest}\n` }))
    .sort((left, right) => compareBytes(left.path, right.path));
  return hex(await sha256(utf8(lines.map(({ text }) => text).join(''))));
}

const nameOfVersion = object({ name: pipe(string(), regex(/^[A-Za-z0-9._~-]+$/)) });
const identitySchema = object({ app_id: optional(string()), version: nameOfVersion });

function checkManifest(bytes: Bytes | undefined, statement: { app_id: string; version: string }): void {
  if (bytes === undefined) {
    refuse('manifest', 'the package has no manifest.json');
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    refuse('manifest', 'manifest.json is not JSON');
  }
  const manifest = safeParse(identitySchema, value);
  if (!manifest.success) {
    refuse('manifest', 'manifest.json names no app id or version');
    return;
  }
  const { app_id, version } = manifest.output;
  if (app_id?.toLowerCase() !== statement.app_id || version.name.toLowerCase() !== statement.version) {
    refuse(
      'manifest',
      `manifest.json is of ${app_id} ${version.name}, signed is ${statement.app_id} ${statement.version}`,
    );
  }
}
