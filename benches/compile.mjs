/**
 * Compile cold: `mezze build` against the peer's compiler, whole process against whole process, same apps.
 * Prints one JSON object a project: milliseconds (median, least, greatest) and how often ours fits into theirs.
 * `node compile.mjs [DIR…]` measures other projects than the examples.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { binary, example } from '../tests/support/mezze.mjs';
import { peerCompiler, peerFolder, peerNode } from './support/peer.mjs';
import { summary, times } from './support/statistics.mjs';

const run = promisify(execFile);
const rounds = Number(process.env.MEZZE_BENCH_ROUNDS ?? 7);

/** Milliseconds of one whole process that writes into a fresh folder, or why it failed. */
async function timed(program, parametersFor) {
  const folder = await mkdtemp(join(tmpdir(), 'mezze-bench-'));
  const began = performance.now();
  try {
    await run(program, parametersFor(folder), { maxBuffer: 1 << 26, env: { ...process.env, MEZZE_HOME: folder } });
    return { time: performance.now() - began };
  } catch (failure) {
    return { failure: String(failure.stderr || failure.message).trim().split('\n').at(-1).slice(0, 200) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function samples(program, parametersFor) {
  const taken = [];
  for (let round = 0; round < rounds; round += 1) {
    const { time, failure } = await timed(program, parametersFor);
    if (failure !== undefined) return { failure };
    taken.push(time);
  }
  // The first run fills the file cache for both.
  return { ...summary(taken, 1) };
}

const folder = peerFolder();
const projects = process.argv.length > 2 ? process.argv.slice(2) : ['menu', 'scooter', 'gallery'].map(example).filter((path) => basename(path) !== 'gallery' || existsSync(join(path, 'node_modules')));
for (const project of projects) {
  const ours = await samples(binary('release'), (target) => ['build', project, '--output', join(target, 'app.ma')]);
  const theirs = folder && (await samples(peerNode(), (target) => [peerCompiler(folder), 'build', '-c', project, '-s', target]));
  console.log(JSON.stringify({ bench: 'compile', project: basename(project), unit: 'ms', mezze: ours, dimina: theirs, ratio: times(theirs?.median, ours.median) }));
}
