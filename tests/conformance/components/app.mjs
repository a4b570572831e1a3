/**
 * Writes the mini app of the component fixture: a page for each component, which shows one case at a time.
 *
 * A field at the top takes the number of the case that is shown next; every event of the component is told on the
 * console. A component that sets up its page (`page-meta`) has a page for each case instead.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives each case its address and what stands for its first and its changed form. */
export async function writeApp(folder, template, components, cases) {
  await cp(template, folder, { recursive: true });
  await writeFile(join(folder, 'files/film.wav'), sound(12));
  const pages = ['pages/other/index', 'pages/tab/index', 'pages/next/index'];
  for (const component of components) {
    const mine = cases.filter((each) => each.tag === component.tag && each.lacking === undefined && each.skip === undefined);
    if (mine.length === 0) continue;
    const events = component.events.filter((event) => event.web === 'carried').map((event) => event.name);
    const forms = formsOf(mine, events);
    const groups = mine[0].page ? forms.map((form) => [form]) : [forms];
    for (const group of groups) {
      const path = `pages/${component.tag}-${group[0].number}/index`;
      for (const form of group) form.path = path;
      await writePage(folder, path, group, mine[0].page);
      pages.push(path);
    }
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'app.json'), JSON.stringify({
    pages,
    window: { navigationBarTitleText: 'Components' },
    tabBar: { list: [{ pagePath: 'pages/tab/index', text: 'Tab' }, { pagePath: 'pages/other/index', text: 'Other' }] },
    permission: { 'scope.userLocation': { desc: 'The map shows where you are.' } },
  }, null, 2));
}

/** Equal forms are shown once; each case learns the numbers of its two. */
function formsOf(cases, events) {
  const forms = [];
  const form = (each, attributes) => {
    const markup = each.markup.replace('$', '\u0000');
    const key = JSON.stringify([markup, attributes, each.json]);
    const found = forms.find((one) => one.key === key);
    if (found) return found;
    const made = { key, number: forms.length, markup, attributes, events, json: each.json };
    forms.push(made);
    return made;
  };
  for (const each of cases) {
    each.changed = form(each, each.attributes ?? {});
    each.first = form(each, each.base ?? {});
  }
  return forms;
}

async function writePage(folder, path, forms, alone) {
  const values = [];
  const filled = forms.map((form) => fill(form, values));
  const markup = alone
    ? filled[0]
    : `<input id="control" class="control" bindinput="choose" />\n<view class="stage">\n${
      filled.map((text, index) => `<block wx:${index === 0 ? 'if' : 'elif'}="{{shown === '${forms[index].number}'}}">${text}</block>`).join('\n')
    }\n</view>`;
  const at = join(folder, path);
  await mkdir(join(at, '..'), { recursive: true });
  await writeFile(`${at}.wxml`, markup);
  await writeFile(`${at}.json`, JSON.stringify(forms[0].json));
  await writeFile(`${at}.js`, `require('../../page').open(${JSON.stringify(values)})\n`);
}

function fill({ markup, attributes, events }, values) {
  const written = Object.entries(attributes).map(([name, value]) => {
    if (value === undefined || value === null) return '';
    // One that is an expression is written as it stands.
    if (typeof value === 'string' && !value.includes('"') && (!value.includes('{{') || /^\{\{[^{}]*\}\}$/.test(value))) return `${name}="${value}"`;
    values.push(value);
    return `${name}="{{values[${values.length - 1}]}}"`;
  });
  const listeners = events.map((event) => `bind:${event}="log"`);
  return markup.replace('\u0000', ['id="subject"', ...written, ...listeners].join(' '));
}

/** Silence of some seconds, which stands for a film where only its time matters: 8,000 samples a second, 8 bits. */
function sound(seconds) {
  const rate = 8000;
  const samples = Buffer.alloc(rate * seconds, 128);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
