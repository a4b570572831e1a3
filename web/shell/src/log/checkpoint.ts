/** Reads the signed head of the public log (c2sp.org/tlog-checkpoint, c2sp.org/signed-note). */
import { type Bytes, concatenate, equal, hex, sha256, utf8 } from '../package/bytes';
import { refuse } from '../package/refusal';
import type { Head } from './proof';

/** The log's name and key. */
export interface LogKey {
  origin: string;
  key: Bytes;
  /** First four bytes of a digest, by which a signature names its key. */
  hash: Bytes;
}

const ed25519 = 1;

/** Reads `ORIGIN+HASH+BASE64`. */
export async function readLogKey(text: string): Promise<LogKey> {
  const [, origin, named, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (origin === undefined || encoded === undefined) return refuse('log', "the log's key is not written as one");
  const bytes = fromBase64(encoded);
  if (bytes.length !== 33 || bytes[0] !== ed25519) refuse('log', "the log's key is of an unknown kind");
  const hash = (await sha256(concatenate([utf8(`${origin}\n`), bytes]))).slice(0, 4);
  if (hex(hash) !== named) refuse('log', "the log's key does not have the name that is written with it");
  return { origin, key: bytes.slice(1), hash };
}

/** Checks a checkpoint's signature and gives the head that it names. */
export async function readCheckpoint(text: string, log: LogKey): Promise<Head> {
  const cut = text.indexOf('\n\n');
  if (cut === -1) refuse('log', 'the checkpoint has no signature');
  const body = text.slice(0, cut + 1);
  const [origin, size, root, ...rest] = body.split('\n');
  if (origin !== log.origin) refuse('log', `the checkpoint is of ${origin}, not of ${log.origin}`);
  if (size === undefined || !/^(0|[1-9]\d{0,14})$/.test(size)) refuse('log', "the checkpoint's size is no number");
  const hash = fromBase64(root ?? '');
  if (hash.length !== 32 || rest.at(-1) !== '') refuse('log', "the checkpoint's root is no digest");
  for (const line of text.slice(cut + 2).split('\n')) {
    if (await isSignedBy(line, body, log)) return { size: Number(size), root: hash };
  }
  return refuse('log', "the checkpoint is not signed by the log's key");
}

async function isSignedBy(line: string, body: string, log: LogKey): Promise<boolean> {
  const start = `— ${log.origin} `;
  if (!line.startsWith(start)) return false;
  const signature = fromBase64(line.slice(start.length));
  if (signature.length !== 68 || !equal(signature.subarray(0, 4), log.hash)) return false;
  const key = await crypto.subtle.importKey('raw', log.key, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature.slice(4), utf8(body));
}

function fromBase64(text: string): Bytes {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
