/**
 * Runs the real apps that are checked out in a folder, and compares what came of them with the committed figures.
 *
 *   node tests/conformance/real-apps.mjs FOLDER [--check] [--only TEXT] [--pages N] [--out FOLDER]
 *
 * `roots.json` says where in each repository the apps are; `*` stands for every folder with an `app.json`. An app
 * whose packages from npm are missing is named and left out: run `npm install` in it. Figures for each app: whether it
 * compiles, its pages, how many open, open without an error, and draw something. Fewer than committed is lost ground.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    only: { type: 'string' },
    pages: { type: 'string', default: '0' },
    parallel: { type: 'string', default: '2' },
    out: { type: 'string' },
  },
});
const folder = resolve(positionals[0] ?? '.');
const figuresFile = join(here, 'figures/cases.json');
const measured = ['compiles', 'pages', 'opened', 'clean', 'drawn'];

const roots = JSON.parse(readFileSync(join(here, 'roots.json'), 'utf8'));
const wanted = new RegExp(options.only ?? '.');
const apps = Object.entries(roots)
  .flatMap(([repository, root]) => find(repository, root))
  .filter((app) => wanted.test(app));
if (apps.length === 0) throw new Error(`${folder} has none of the repositories in roots.json: ${Object.keys(roots).join(', ')}`);
const ready = apps.filter((app) => {
  const lacking = lacksPackages(join(folder, app));
  if (lacking) process.stdout.write(`${app}: left out, its packages are not installed: run \`npm install\` in it\n`);
  return !lacking;
});

const out = options.out ?? mkdtempSync(join(tmpdir(), 'mezze-cases-'));
await run(ready.map((app) => join(folder, app)));
const rows = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
if (options.out === undefined) rmSync(out, { recursive: true, force: true });

const before = existsSync(figuresFile) ? JSON.parse(readFileSync(figuresFile, 'utf8')) : {};
const now = { ...before };
let lost = 0;
for (const row of rows) {
  const name = relative(folder, row.project);
  const figures = Object.fromEntries(measured.filter((key) => row[key] !== undefined).map((key) => [key, row[key]]));
  const worse = losses(before[name], figures);
  lost += worse.length;
  process.stdout.write(`${name}: ${JSON.stringify(figures)}${worse.length > 0 ? `  LOST ${worse.join(', ')}` : ''}\n`);
  now[name] = figures;
}
if (!options.check && options.pages === '0') {
  mkdirSync(join(here, 'figures'), { recursive: true });
  const sorted = Object.fromEntries(Object.entries(now).sort(([a], [b]) => (a < b ? -1 : 1)));
  const lines = Object.entries(sorted).map(([name, figures]) => `  ${JSON.stringify(name)}: ${JSON.stringify(figures)}`);
  writeFileSync(figuresFile, `{\n${lines.join(',\n')}\n}\n`);
}
process.exit(options.check && lost > 0 ? 1 : 0);

/** Folders of apps in a repository, from the folder of all. */
function find(repository, root) {
  const base = join(folder, repository);
  if (!existsSync(base)) return [];
  if (!root.endsWith('*')) return [join(repository, root)];
  const parent = join(base, root.slice(0, -1));
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isApp(join(parent, entry.name)))
    .map((entry) => join(repository, root.slice(0, -1), entry.name));
}

function isApp(path) {
  return existsSync(join(path, 'app.json')) || existsSync(join(path, 'project.config.json'));
}

/** Whether the app, or its project, names packages that are not there. */
function lacksPackages(path) {
  for (const place of [path, join(path, '..')]) {
    const file = join(place, 'package.json');
    if (!existsSync(file)) continue;
    const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    const installed = ['node_modules', 'miniprogram_npm'].some((name) => existsSync(join(place, name)));
    if (Object.keys(dependencies).length > 0) return !installed && !existsSync(join(path, 'miniprogram_npm'));
  }
  return false;
}

function losses(before, now) {
  if (before === undefined) return [];
  return measured
    .filter((key) => Number(now[key] ?? 0) < Number(before[key] ?? 0))
    .map((key) => `${key} ${before[key]} -> ${now[key] ?? 0}`);
}

function run(projects) {
  const script = join(here, 'cases.mjs');
  const child = spawn(
    process.execPath,
    [script, '--out', out, '--pages', options.pages, '--parallel', options.parallel, ...mezze(), ...projects],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return new Promise((done, fail) => {
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`cases.mjs ended with ${code}`))));
  });
}

function mezze() {
  return process.env.MEZZE_BIN === undefined ? [] : ['--mezze', process.env.MEZZE_BIN];
}
