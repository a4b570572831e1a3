/**
 * Runs the API fixture: a mini app that calls every API of the catalog, opened by `mezze dev` in Chromium.
 *
 *   node tests/conformance/apis/run.mjs --catalog FILE [--figures FILE] [--check] [--quick] [--only TEXT] [--headed]
 *
 * Every case runs in the handler of a trusted tap; questions of the shell are answered as a person would who agrees.
 * `--quick` leaves out the calls that wait for a person or the network.
 * What was found is compared with the committed figures and, without `--check`, written to them. An API that passed
 * before and does not now is lost ground: exit code 1.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workshop } from '../../support/mezze.mjs';
import { finish, openBrowser, openPhone, readOptions } from '../fixture.mjs';
import { makeAnswers } from './answers.mjs';
import { makeCases, membersOf } from './cases.mjs';
import { figuresOf } from './figures.mjs';
import { startServer } from './server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const options = readOptions(join(here, '../figures/apis.json'));

const catalog = JSON.parse(await readFile(options.catalog, 'utf8'));
const given = JSON.parse(await readFile(join(here, 'arguments.json'), 'utf8'));
const wanted = new RegExp(options.only ?? '.');
const all = makeCases(catalog, given)
  .filter((each) => wanted.test(each.name) && (!options.quick || each.quick))
  .map((each) => ({ ...each, members: each.object ? membersOf(catalog, each.object) : [] }));
const results = new Map();
for (const each of all) {
  if (each.skip !== undefined) results.set(each.name, { skipped: each.skip });
  else if (each.missing.length > 0) results.set(each.name, { problems: [`arguments.json gives no ${each.missing.join(', ')}`] });
}
const cases = all.filter((each) => !results.has(each.name));

const server = await startServer();
const tools = await workshop();
const browser = await openBrowser(options);
try {
  const count = Math.min(Number(options.parallel), cases.length);
  const shares = Array.from({ length: count }, (_, index) => cases.filter((_, place) => place % count === index));
  await Promise.all(shares.map((share, index) => runShare(share, index)));
  // A machine under load is no deviation: what failed is tried once more, alone.
  await runShare(cases.filter(({ name }) => (results.get(name)?.problems.length ?? 1) > 0), count);
} finally {
  await browser.close();
  await tools.dispose();
  server.stop();
}

const figures = figuresOf(all, results, ['carried', 'methods', 'declared']);
await finish(figures, options);

/** Builds an app of a share of the cases and works through it in a browser profile of its own. */
async function runShare(share, index) {
  const project = await mkdtemp(join(tmpdir(), `mezze-conformance-${index}-`));
  await cp(join(here, 'app'), project, { recursive: true });
  await writeFile(join(project, 'cases.js'), `exports.cases = ${withAddresses(JSON.stringify(share))}\n`);
  const development = await tools.start('dev', project, '--no-open', '--json', '--listen', '127.0.0.1:0');
  const context = await openPhone(browser, ['geolocation', 'clipboard-read', 'clipboard-write', 'camera', 'microphone', 'notifications']);
  try {
    for (let next = 0, lame = 0; next < share.length; ) {
      const reached = await workThrough(context, development, share, next);
      lame = reached <= next + 1 ? lame + 1 : 0;
      if (lame > 4) throw new Error(`the fixture does not run: five cases in a row did not come back, the last is ${share[next].name}`);
      next = reached;
    }
  } finally {
    await context.close();
    await development.stop();
    await rm(project, { recursive: true, force: true });
  }
}

/** `$server` and `$socket` are known only now. */
function withAddresses(text) {
  return text.replaceAll('$server', server.http).replaceAll('$socket', server.socket);
}

/** Opens the app at a case and goes on until the end or until a case does not come back; gives where to go on. */
async function workThrough(context, development, share, start) {
  const tab = await context.newPage();
  const answers = makeAnswers(tab, here);
  try {
    const address = new URL(String(development.ready.url));
    address.searchParams.set('path', `pages/index/index?from=${start}`);
    await tab.goto(address.href, { waitUntil: 'domcontentloaded' });
    let place = start;
    let taps = 0;
    while (place < share.length) {
      const from = development.events.length;
      if (!(await tapRun(tab, share[place].name))) {
        // What the case before left open may cover the page: the app is opened anew, once for each case.
        if (place > start) return place;
        note(share[place], ['the page with the cases is not there or does not answer']);
        return place + 1;
      }
      const ended = await listen(development, from, share, place, answers);
      // A sheet of the shell may have lain over the page: the tap was nobody's.
      if (ended === undefined && (taps += 1) < 4) continue;
      taps = 0;
      if (ended === undefined || ended === place) {
        note(share[place], ['the case never ended']);
        return place + 1;
      }
      place = ended;
    }
    return place;
  } finally {
    answers.stop();
    await tab.close();
  }
}

function note(each, problems) {
  results.set(each.name, { problems });
  process.stderr.write(problems.length === 0 ? '.' : '×');
}

/**
 * Reads what the app says until it waits for the next tap; gives the place of the next case, or nothing where the tap
 * began none.
 */
async function listen(development, from, share, start, answers) {
  let place = start;
  let read = from;
  let begun = false;
  const begins = Date.now() + 3000;
  let deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (!begun && Date.now() > begins) return undefined;
    for (; read < development.events.length; read += 1) {
      const event = development.events[read];
      if (event.event !== 'console' || typeof event.text !== 'string') continue;
      if (event.text.startsWith('@begin ')) {
        begun = true;
        answers.begin(share[place]);
      }
      if (event.text.startsWith('@wait')) return place;
      if (!event.text.startsWith('@end ')) continue;
      const { name, problems } = JSON.parse(event.text.slice(5));
      if (name !== share[place].name) continue;
      note(share[place], problems);
      place += 1;
      deadline = Date.now() + 30_000;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  return place;
}

/** Taps the bar of the page once it names the case. */
async function tapRun(tab, name) {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    for (const frame of tab.frames()) {
      const bar = frame.locator('#run, .run').first();
      const text = await bar.textContent({ timeout: 200 }).catch(() => null);
      if (text !== name) continue;
      if (await bar.click({ timeout: 2000 }).then(() => true, () => false)) return true;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}
