/**
 * What an update moves against the whole package, over the tags of a public mini program's history: each tag is built,
 * published and updated to from the one before it, as a device would. MEZZE_BENCH_HISTORY names the repository,
 * MEZZE_BENCH_PROJECT the mini program's folder in it (several, separated by commas, where it moved), MEZZE_BENCH_TAGS
 * how many of the newest tags (default 20).
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workshop } from '../tests/support/mezze.mjs';
import { signedInDevice } from './support/device.mjs';
import { median, rounded } from './support/statistics.mjs';

const run = promisify(execFile);
const repository = process.env.MEZZE_BENCH_HISTORY;
if (!repository) {
  console.log(JSON.stringify({ bench: 'update-size', skipped: 'MEZZE_BENCH_HISTORY names no repository with the tags of a mini program' }));
  process.exit(0);
}
const projects = (process.env.MEZZE_BENCH_PROJECT ?? '.').split(',');
const most = Number(process.env.MEZZE_BENCH_TAGS ?? 20);
const appId = 'bench.history';

async function tags() {
  const { stdout } = await run('git', ['-C', repository, 'tag', '--sort=creatordate']);
  return stdout.trim().split('\n').filter(Boolean).slice(-most);
}

async function checkOut(tag, folder) {
  await mkdir(folder, { recursive: true });
  await run('sh', ['-c', 'git -C "$1" archive "$2" | tar -x -C "$3"', 'sh', repository, tag, folder]);
  const found = projects.map((project) => join(folder, project)).find((project) => existsSync(join(project, 'app.json')) || existsSync(join(project, 'project.config.json')));
  return found;
}

const tools = await workshop({ profile: process.env.MEZZE_PROFILE ?? 'release' });
const platform = await tools.serve();
const updates = [];
const skipped = [];
try {
  let device;
  let cached;
  for (const [index, tag] of (await tags()).entries()) {
    const folder = join(tools.home, `history-${index}`);
    try {
      const project = await checkOut(tag, folder);
      if (project === undefined) throw new Error('the mini program is not in this tag');
      const file = await tools.build(project, '--app-id', appId, '--release', `1.0.${index}`);
      await tools.mezze('publish', file, '--platform', platform.address, '--token-file', platform.tokenFile);
    } catch (failure) {
      skipped.push({ tag, why: String(failure.stderr ?? failure.message ?? failure).trim().split('\n').slice(0, 3).join(' ').slice(0, 240) });
      continue;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    device ??= await signedInDevice(platform.address);
    const answer = await device.launch(appId, cached === undefined ? {} : { cached_digest: cached });
    const whole = answer.sealed?.size;
    if (cached !== undefined && whole !== undefined) {
      // Where the platform offers no delta, the whole is what the device fetches.
      const moved = answer.delta?.sealed.size ?? whole;
      updates.push({ tag, whole, moved, share: rounded((moved / whole) * 100) });
    }
    cached = answer.package_digest;
  }
} finally {
  await platform.stop();
  await tools.dispose();
}
if (updates.length === 0) throw new Error(`no two tags could be built: ${JSON.stringify(skipped)}`);
const shares = updates.map(({ share }) => share);
console.log(JSON.stringify({ bench: 'update-size', unit: '% of the whole', median: median(shares), min: Math.min(...shares), max: Math.max(...shares), target: 15, updates, skipped }));
