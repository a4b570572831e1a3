/**
 * The signing block and its statements (docs/architecture/signing.md).
 *
 * Input: a container whose structure is sound. Output: the statements, each signed by a key that was trusted.
 */
import {
  integer,
  literal,
  maxValue,
  minValue,
  number,
  object,
  picklist,
  pipe,
  regex,
  safeParse,
  string,
} from 'valibot';
import { type Bytes, base64url, concatenate, equal, fromUtf8, hex, sha256, utf8 } from './bytes';
import type { Container } from './container';
import { refuse } from './refusal';

export type Role = 'developer' | 'platform';

export interface Statement {
  app_id: string;
  container_digest: string;
  created: number;
  files_digest: string;
  role: Role;
  type: 'mezze.statement.v1';
  version: string;
}

export interface SignedStatement {
  statement: Statement;
  /** Canonical bytes that were signed. */
  bytes: Bytes;
  key: Bytes;
  signature: Bytes;
}

/** Keys that the platform named for this release, base64url. */
export interface TrustedSigners {
  developer: string;
  platform: string;
}

const roleOfId = new Map<number, Role>([
  [0x4d5a0101, 'developer'],
  [0x4d5a0102, 'platform'],
]);
const largestBlock = 16_384;
const longestStatement = 4096;

const digestSchema = pipe(string(), regex(/^[0-9a-f]{64}$/));
const wordSchema = pipe(string(), regex(/^[a-z0-9._~-]+$/));
const statementSchema = object({
  app_id: wordSchema,
  container_digest: digestSchema,
  created: pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER)),
  files_digest: digestSchema,
  role: picklist(['developer', 'platform']),
  type: literal('mezze.statement.v1'),
  version: wordSchema,
});
export const signersSchema = object({ developer: string(), platform: string() });

/** Reads the block's layout and every statement's canonical form. */
export function readSignedStatements(container: Container): SignedStatement[] {
  const { bytes, blockOffset, centralOffset } = container;
  if (blockOffset === centralOffset) refuse('signature-block', 'the package is not signed');
  return readStatementsOf(bytes.subarray(blockOffset, centralOffset));
}

/** The statements of a signing block, which an update carries as a file. */
export function readStatementsOf(block: Bytes): SignedStatement[] {
  if (block.length < 32 || !equal(block.subarray(-16), utf8('MEZZE SIG BLK 01'))) {
    refuse('signature-block', 'it is cut off, or its magic is not ours');
  }
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (block.length > largestBlock) refuse('signature-block', `it is ${block.length} bytes, over the limit`);
  const size = view.getBigUint64(0, true);
  if (size !== view.getBigUint64(block.length - 24, true) || size !== BigInt(block.length - 8)) {
    refuse('signature-block', 'its two lengths disagree');
  }
  const statements = readPairs(block, view);
  if (statements.length === 0) refuse('signature-block', 'it holds no statement');
  return statements;
}

function readPairs(block: Bytes, view: DataView): SignedStatement[] {
  const stop = block.length - 24;
  const statements: SignedStatement[] = [];
  let at = 8;
  let lastId = 0;
  while (at < stop) {
    if (at + 12 > stop) refuse('signature-block', 'a pair is cut off');
    const size = view.getBigUint64(at, true);
    if (size < 4n || size > BigInt(stop - at - 8)) refuse('signature-block', 'a pair is longer than the block');
    const id = view.getUint32(at + 8, true);
    const role = roleOfId.get(id);
    if (role === undefined) return refuse('signature-block', `it holds an unknown pair 0x${id.toString(16)}`);
    if (id <= lastId) refuse('signature-block', 'its pairs are out of order');
    lastId = id;
    const next = at + 8 + Number(size);
    statements.push(readValue(block.slice(at + 12, next), role));
    at = next;
  }
  return statements;
}

function readValue(value: Bytes, role: Role): SignedStatement {
  const size = value.length < 4 ? -1 : new DataView(value.buffer).getUint32(0, true);
  if (size < 0 || size > longestStatement || value.length !== 4 + size + 32 + 64) {
    refuse('signature-block', `the ${role}'s signature has the wrong length`);
  }
  const bytes = value.slice(4, 4 + size);
  return {
    statement: parseStatement(bytes, role),
    bytes,
    key: value.slice(4 + size, 36 + size),
    signature: value.slice(36 + size),
  };
}

/** Refuses every other spelling of a statement than the canonical one, so that each has exactly one form. */
export function parseStatement(bytes: Bytes, role: Role): Statement {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    refuse('signature-block', `the ${role}'s statement is not JSON`);
  }
  const parsed = safeParse(statementSchema, value);
  if (!parsed.success) return refuse('signature-block', `the ${role}'s statement has a wrong member`);
  const statement = parsed.output;
  // Valibot keeps the order of the schema, which is the canonical one.
  if (!equal(utf8(JSON.stringify(statement)), bytes))
    refuse('signature-block', `the ${role}'s statement is not canonical`);
  if (statement.role !== role)
    refuse('signature-block', `the ${role}'s statement claims to be the ${statement.role}'s`);
  return statement;
}

/** Both signatures are required, each by the key that the platform named, and all must say the same. */
export async function verifyStatements(
  signed: readonly SignedStatement[],
  trusted: TrustedSigners,
): Promise<Statement> {
  for (const role of ['developer', 'platform'] as const) {
    const own = signed.find(({ statement }) => statement.role === role);
    if (own === undefined) return refuse('signer', `the package has no signature of the ${role}`);
    if (base64url(own.key) !== trusted[role]) {
      refuse('signer', `the ${role}'s key is ${base64url(own.key)}, trusted is ${trusted[role]}`);
    }
  }
  for (const one of signed) {
    if (!(await isSignatureGood(one)))
      refuse('signature', `the ${one.statement.role}'s signature does not fit its statement`);
  }
  const [first, ...others] = signed.map(({ statement }) => statement);
  if (first === undefined) return refuse('signer', 'the package is not signed');
  for (const other of others) {
    const same =
      other.app_id === first.app_id &&
      other.version === first.version &&
      other.files_digest === first.files_digest &&
      other.container_digest === first.container_digest;
    if (!same) refuse('signature', 'the developer and the platform signed different packages');
  }
  return first;
}

async function isSignatureGood({ key, signature, bytes }: SignedStatement): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, bytes);
  } catch {
    return false;
  }
}

/** SHA-256 over the file as it would be without the signing block. */
export async function containerDigest({ bytes, blockOffset, centralOffset }: Container): Promise<string> {
  const tail = bytes.slice(centralOffset);
  new DataView(tail.buffer).setUint32(tail.length - 22 + 16, blockOffset, true);
  return hex(await sha256(concatenate([bytes.subarray(0, blockOffset), tail])));
}
