/**
 * Kills the platform at random points, starts it again, and checks what is left: `cargo xtask faults`.
 *
 *   node tests/faults/run.mjs [--rounds 1000] [--seed 1] [--database sqlite|postgres]
 *
 * A round starts the platform (one in seven is killed while it starts), checks what the kill before left, and kills it
 * while developers and users act. What is done in a round follows from the seed; when the kill falls follows from the
 * machine too. The last line is one JSON object with the figures. Exit code 1 where something did not hold; the data
 * folder is then kept.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { workshop } from '../support/mezze.mjs';
import { acts } from './acts.mjs';
import { packages } from './packages.mjs';
import { Client } from './platform.mjs';
import { postgres } from './postgres.mjs';
import { randomness } from './random.mjs';
import { figures, World } from './world.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
const onPostgres = values.database === 'postgres';
const APPS = 3;
/** Versions of an app in one world; then a new world begins. */
const VERSIONS = Math.min(60, Math.max(8, Math.ceil(rounds / 2)));
const KILLED_AT_START = 1 / 7;
/** Jobs of a killed node wait for the end of its lease on PostgreSQL: not every round waits for it. */
const WAITS_EVERY = onPostgres ? 12 : 1;

/** Acts are not given more time than this, in milliseconds. */
const LONGEST = 5_000;

const began = Date.now();
const tools = await workshop();
const folder = await mkdtemp(join(tmpdir(), 'mezze-faults-'));
const server = onPostgres ? await postgres(folder) : undefined;
/** How long starting and acting take on this machine: kills fall anywhere in that. */
let [startTakes, actsTake] = [400, 800];
/** @type {World | undefined} */
let world;

try {
  const apps = await packages(tools, APPS, VERSIONS);
  for (let round = 0; round < rounds; round += 1) {
    if (world === undefined || world.isUsedUp()) {
      await world?.remove();
      world = await World.make(folder, apps, await server?.database(`world_${figures.worlds}`));
    }
    await oneRound(world, round, randomness(seed * 100_003 + round));
    figures.rounds += 1;
    if (world.violations.length > 0) break;
    if (figures.rounds % 25 === 0) {
      process.stderr.write(
        `${figures.rounds} rounds, ${figures.acknowledged} acts acknowledged, ${figures.broken} broken off\n`,
      );
    }
  }
  if (world !== undefined && world.violations.length === 0) await atTheEnd(world);
} finally {
  await server?.stop();
  await tools.dispose();
}

const violations = world?.violations ?? [];
if (violations.length > 0) {
  process.stderr.write(
    `After round ${figures.rounds} of seed ${seed} (kept in ${world?.folder}):\n  ${violations.join('\n  ')}\n`,
  );
} else {
  await rm(folder, { recursive: true, force: true });
}
const seconds = Math.round((Date.now() - began) / 1000);
console.log(JSON.stringify({ seed, database: values.database, ...figures, violations: violations.length, seconds }));
process.exitCode = violations.length > 0 ? 1 : 0;

/** @param {World} world @param {number} round @param {import('./random.mjs').Randomness} random */
async function oneRound(world, round, random) {
  if (random.chance(KILLED_AT_START)) {
    const running = world.start(random.below(startTakes * 1.2));
    await running.ended;
    figures.killedAtStart += 1;
  }
  const started = Date.now();
  const running = world.start();
  try {
    const ready = await running.ready;
    if (ready === undefined) throw new Error('the platform was killed by someone else');
    startTakes = (3 * startTakes + (Date.now() - started)) / 4;
    const client = new Client(ready);
    await world.verify(client, round % WAITS_EVERY === 0);
    if (world.violations.length > 0) return;
    const acting = Promise.all(acts(world, client, random));
    const actsBegan = Date.now();
    let killed = false;
    const done = acting.then(() => {
      // Of acts that were broken off one knows only that they take longer.
      actsTake = killed ? Math.min(actsTake * 1.05, LONGEST) : (3 * actsTake + (Date.now() - actsBegan)) / 4;
    });
    // Jobs go on after the last answer, so some kills come later than that.
    await new Promise((resolve) => setTimeout(resolve, random.below(actsTake * 1.6)));
    killed = true;
    await running.kill();
    await done;
  } finally {
    await running.kill();
    if (world.violations.length > 0) process.stderr.write(`${running.log.join('\n')}\n`);
  }
}

/** @param {World} world */
async function atTheEnd(world) {
  const running = world.start();
  const ready = await running.ready;
  if (ready !== undefined) await world.verify(new Client(ready), true);
  await running.kill();
}
