/**
 * Runs the component fixture: a mini app that uses every component of the catalog, opened by `mezze dev` in Chromium.
 *
 *   node tests/conformance/components/run.mjs --catalog FILE [--figures FILE] [--check] [--quick] [--only EXPRESSION] [--update]
 *
 * A case passes where its effect is seen: an attribute changes what is drawn, told or done beside the same component
 * without it; an event comes when it is provoked, with the members that are documented; a role and a name are what
 * assistive technology reads. `--quick` takes only what needs nothing done to it. `--update` writes the figures of
 * what `--only` names, and keeps those of the rest.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workshop } from '../../support/mezze.mjs';
import { finish, openBrowser, openPhone, readOptions } from '../fixture.mjs';
import { figuresOf } from '../apis/figures.mjs';
import { writeApp } from './app.mjs';
import { makeCases } from './cases.mjs';
import { checkCase } from './check.mjs';
import { writeCameraPicture } from './code.mjs';
import { device } from './device.mjs';
import { Stage } from './stage.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const options = readOptions(join(here, '../figures/components.json'), {
  explain: { type: 'boolean', default: false },
  update: { type: 'boolean', default: false },
});

const { components } = JSON.parse(await readFile(options.catalog, 'utf8'));
const wanted = new RegExp(options.only ?? '.');
const isQuick = (each) => each.act.length === 0 && !each.page && each.check !== 'event' && !each.settle;
const all = makeCases(components, await readGiven());
const cases = all.filter((each) => wanted.test(each.name) && (!options.quick || isQuick(each)));
const results = new Map();
for (const each of cases) {
  if (each.skip !== undefined) results.set(each.name, { skipped: each.skip });
  else if (each.lacking !== undefined) results.set(each.name, { problems: [each.lacking] });
}
const running = cases.filter((each) => !results.has(each.name));

const tools = await workshop();
const project = await mkdtemp(join(tmpdir(), 'mezze-components-'));
const seen = join(project, '..', `${basename(project)}.y4m`);
await writeCameraPicture(seen);
const browser = await openBrowser(options, [`--use-file-for-fake-video-capture=${seen}`]);
try {
  await writeApp(project, join(here, 'app'), components, running);
  const tags = [...new Set(running.map((each) => each.tag))];
  const count = Math.max(1, Math.min(Number(options.parallel), tags.length));
  const shares = Array.from({ length: count }, (_, index) => tags.filter((_tag, place) => place % count === index));
  await Promise.all(shares.map((share) => runShare(running.filter((each) => share.includes(each.tag)))));
  // A machine under load is no deviation: what failed is tried once more, alone, with three times the time for all.
  await runShare(running.filter(({ name }) => (results.get(name)?.problems.length ?? 1) > 0), 3);
} finally {
  await browser.close();
  await tools.dispose();
  await rm(project, { recursive: true, force: true });
  await rm(seen, { force: true });
}

const figures = figuresOf(options.update ? withKept(all, await readFile(options.figures, 'utf8')) : cases, results, ['components', 'attributes', 'events', 'roles', 'declared']);
await finish(figures, options);

/** All cases: those that did not run now are as the figures have them, or are told as not run where those do not know them. */
function withKept(every, text) {
  const { passed, failing } = JSON.parse(text);
  const good = new Set(Object.values(passed).flatMap((lines) => lines.join(' ').split(' ')));
  for (const { name, skip, lacking } of every) {
    if (results.has(name)) continue;
    if (skip !== undefined) results.set(name, { skipped: skip });
    else if (lacking !== undefined) results.set(name, { problems: [lacking] });
    else if (good.has(name)) results.set(name, { problems: [] });
    else results.set(name, { problems: failing[name] ?? ['did not run'] });
  }
  return every;
}

/** What the files in `cases/` say, one of them for each group of components. */
async function readGiven() {
  const folder = join(here, 'cases');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const parts = await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)).filter(([name]) => !name.startsWith('$')));
}

/** Works through the cases of some components in a browser profile and a `mezze dev` of their own. */
async function runShare(share, pace = 1) {
  if (share.length === 0) return;
  const development = await tools.start('dev', project, '--no-open', '--json', '--listen', '127.0.0.1:0');
  const context = await openPhone(browser, ['geolocation', 'camera', 'microphone']);
  await context.addInitScript(device);
  const stage = new Stage(context, development, join(here, '../apis'), pace);
  try {
    for (const each of share) {
      const problems = await checkCase(stage, each, options.explain);
      results.set(each.name, { problems });
      process.stderr.write(problems.length === 0 ? '.' : '×');
    }
  } finally {
    await stage.close();
    await context.close();
    await development.stop();
  }
}
