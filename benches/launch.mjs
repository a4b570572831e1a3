/**
 * Launch answers per second with a hundred apps on the platform and with a hundred thousand, which should make no
 * difference: `current`, where the device has the release, and `fetch`, with a content key wrapped for the device.
 * The apps are copies of one published app, put into the database while the platform is down; a content key opens for
 * its own release alone, so `fetch` asks for the one that was published. Needs wrk and sqlite3.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workshop } from '../tests/support/mezze.mjs';
import { fileURLToPath } from 'node:url';
import { signedInDevice } from './support/device.mjs';
import { load } from './support/load.mjs';
import { rounded, summary } from './support/statistics.mjs';

const run = promisify(execFile);
const counts = (process.env.MEZZE_BENCH_APPS ?? '100,100000').split(',').map(Number);
const rounds = Number(process.env.MEZZE_BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.MEZZE_BENCH_SECONDS ?? 5);
const app = fileURLToPath(new URL('list-app', import.meta.url));
const published = 'bench.published';

/** Copies the app and its release until there are `count`, as `bench.app1`, `bench.app2`, … */
async function multiply(database, count) {
  const columns = async (table) => {
    const { stdout } = await run('sqlite3', [database, `SELECT name FROM pragma_table_info('${table}')`]);
    return stdout.trim().split('\n');
  };
  const copied = (names, own) => names.map((name) => own[name] ?? name).join(', ');
  const [apps, releases] = await Promise.all([columns('apps'), columns('releases')]);
  const release = `'bench-release-' || n`;
  const appValues = copied(apps, { id: `'bench.app' || n`, current_release_id: release, name: `'App ' || n`, name_skeleton: `'app ' || n` });
  const releaseValues = copied(releases, { id: release, app_id: `'bench.app' || n`, name: `'App ' || n` });
  const numbers = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count - 1})`;
  const script = `PRAGMA foreign_keys = OFF; BEGIN;
    CREATE TEMP TABLE one_app AS SELECT * FROM apps LIMIT 1;
    CREATE TEMP TABLE one_release AS SELECT * FROM releases LIMIT 1;
    INSERT INTO apps (${apps.join(', ')}) ${numbers} SELECT ${appValues} FROM one_app, numbers;
    INSERT INTO releases (${releases.join(', ')}) ${numbers} SELECT ${releaseValues} FROM one_release, numbers;
    COMMIT; ANALYZE;`;
  await run('sqlite3', ['-bail', database, script], { maxBuffer: 1 << 26 });
}

/** wrk asks for another app with each request, as many users would. */
const script = (cookie, origin, id, body) => `
  math.randomseed(7)
  local headers = { ["Host"] = ${JSON.stringify(new URL(origin).host)}, ["content-type"] = "application/json", ["cookie"] = ${JSON.stringify(cookie)}, ["origin"] = ${JSON.stringify(origin)} }
  request = function()
    return wrk.format("POST", "/api/v1/miniapps/" .. ${id} .. "/launch", headers, ${JSON.stringify(JSON.stringify(body))})
  end`;

/** The load is one account's: where the platform counts requests by account, it must not here. */
async function unlimited(tools) {
  const options = ['--requests-per-account', '--requests-per-device', '--requests-per-address'];
  const help = await tools.mezze('serve', '--help');
  return options.filter((option) => help.includes(option)).flatMap((option) => [option, '0']);
}

async function measure(count) {
  const tools = await workshop({ profile: process.env.MEZZE_PROFILE ?? 'release' });
  const data = join(tools.home, 'platform');
  try {
    const first = await tools.serve({ data });
    const file = await tools.build(app, '--app-id', published);
    await tools.mezze('publish', file, '--platform', first.address, '--token-file', first.tokenFile);
    await first.stop();
    await multiply(join(data, 'mezze.db'), count);
    const platform = await tools.serve({ data, more: await unlimited(tools) });
    try {
      const device = await signedInDevice(platform.address);
      const { package_digest: cached } = await device.launch(published);
      const states = {
        current: { body: { cached_digest: cached }, id: `"bench.app" .. math.random(1, ${count - 1})`, one: 'bench.app1' },
        fetch: { body: { device_id: device.device }, id: JSON.stringify(published), one: published },
      };
      const figures = {};
      for (const [state, { body, id, one }] of Object.entries(states)) {
        const answer = await device.launch(one, body);
        if (answer.state !== state) throw new Error(`the platform answered ${answer.state}, not ${state}`);
        const file = join(tools.home, `${state}.lua`);
        await writeFile(file, script(device.cookie(), platform.address, id, body));
        const url = platform.address.replace('localhost', '127.0.0.1');
        await load(url, { seconds: 1, script: file });
        const runs = [];
        for (let round = 0; round < rounds; round += 1) runs.push(await load(url, { seconds, script: file }));
        figures[state] = { ...summary(runs.map(({ perSecond }) => perSecond)), p99: rounded(Math.max(...runs.map(({ p99 }) => p99))) };
      }
      return figures;
    } finally {
      await platform.stop();
    }
  } finally {
    await tools.dispose();
  }
}

const measured = [];
for (const count of counts) {
  const figures = await measure(count);
  measured.push(figures);
  for (const [state, mezze] of Object.entries(figures)) {
    const ratio = rounded(mezze.median / measured[0][state].median);
    console.log(JSON.stringify({ bench: 'launch', apps: count, state, unit: 'answers/s', mezze, ratio }));
  }
}
