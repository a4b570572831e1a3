/** Signed packages to upload: a few mini apps in many versions, small, but with a picture that no packer makes smaller. */
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const AT_ONCE = 3;
/** The smallest bytes that are told to be a PNG, and what makes it large. */
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * @typedef {{ app: string, version: string, code: number, bytes: Buffer, digest: string }} Version
 * @typedef {{ mezze: (...parameters: string[]) => Promise<string>, home: string }} Tools
 */

/**
 * Builds `versions` of each of `apps` mini apps; gives a list for each, the oldest first.
 * @param {Tools} tools
 * @param {number} apps
 * @param {number} versions
 * @returns {Promise<Version[][]>}
 */
export async function packages(tools, apps, versions) {
  /** @type {(() => Promise<Version>)[]} */
  const todo = [];
  for (let app = 0; app < apps; app += 1) {
    const template = join(tools.home, `template-${app}`);
    await mkdir(join(template, 'pages/index'), { recursive: true });
    await writeFile(join(template, 'app.json'), JSON.stringify({ pages: ['pages/index/index'] }));
    await writeFile(join(template, 'app.js'), 'App({});\n');
    await writeFile(join(template, 'pages/index/index.json'), '{}');
    await writeFile(join(template, 'pages/index/index.wxml'), '<view>{{text}}</view>');
    await writeFile(join(template, 'icon.png'), Buffer.concat([PNG, randomBytes(40_000)]));
    for (let code = 1; code <= versions; code += 1)
      todo.push(() => build(tools, template, `org.example.app${app}`, code));
  }
  /** @type {Version[]} */
  const built = [];
  const work = async () => {
    for (let next = todo.shift(); next; next = todo.shift()) built.push(await next());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const names = [...new Set(built.map(({ app }) => app))].sort();
  return names.map((name) => built.filter(({ app }) => app === name).sort((one, other) => one.code - other.code));
}

/**
 * @param {Tools} tools
 * @param {string} template
 * @param {string} app
 * @param {number} code
 * @returns {Promise<Version>}
 */
async function build(tools, template, app, code) {
  const version = `1.${code}.0`;
  const folder = `${template}-${code}`;
  await cp(template, folder, { recursive: true });
  const about = {
    app_id: app,
    name: `App ${app.at(-1)}`,
    version,
    description: 'Put to the test',
    icon: 'icon.png',
    category: 'food',
  };
  await writeFile(join(folder, 'mezze.json'), JSON.stringify(about));
  await writeFile(join(folder, 'pages/index/index.js'), `Page({ data: { text: 'version ${code}' } });\n`);
  const file = `${folder}.ma`;
  await tools.mezze('build', folder, '--output', file, '--sign');
  const bytes = await readFile(file);
  return { app, version, code, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}
