/**
 * Size of the runtime that every mini app shares: logic and view apart, raw and gzipped, and the peer's beside it.
 * Reads the built shell (`npm run build` in web/).
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repository } from '../tests/support/mezze.mjs';
import { peerFolder } from './support/peer.mjs';

async function sizes(folder, pattern) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => pattern.test(name));
  if (!names.length) throw new Error(`nothing in ${folder} is named like ${pattern}; build it first`);
  const total = { raw: 0, gzip: 0 };
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
  }
  return { ...total, files: names };
}

const built = join(repository, 'web/dist');
const theirs = peerFolder();
const peer = theirs && join(theirs, 'packages/container/dist');
const parts = [
  ['logic', /(^|\/)runtime-logic[^/]*\.js$/, /(^|\/)service\.js$/],
  ['view', /(^|\/)runtime-view[^/]*\.js$/, /(^|\/)pageFrame\.(js|css)$/],
];
for (const [part, ours, theirPattern] of parts) {
  console.log(JSON.stringify({ bench: 'size', part, unit: 'bytes', mezze: await sizes(built, ours), dimina: peer && (await sizes(peer, theirPattern)) }));
}
