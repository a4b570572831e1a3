/**
 * Adds what the catalog does not know yet of WeChat's API to `crates/mezze-api/catalog`, from the typings on npm.
 *
 * Usage: node main.mjs TYPINGS CATALOG, where TYPINGS is the folder `types/wx` of `miniprogram-api-typings`.
 * Entries that are there are never changed: they are completed by hand.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Apis } from './apis.mjs';
import { families, familyOf, neverOnTheWeb } from './families.mjs';
import { permissionsOf } from './permissions.mjs';
import { readTypings } from './read-typings.mjs';
import { Types } from './types.mjs';
import { summaryOf, wordsOf } from './words.mjs';
import { apiText, headerText, objectText } from './write-catalog.mjs';

const [typings, catalog] = process.argv.slice(2);
const notObjects =
  /Option$|^IAPIParam$|^IICloudAPI$|^ICloudServices?$|^CloudServices$|^ICloudAICallbackOptions$|^AsyncIterator$|^IWatchOptions$|^Console$|^APIBaseContract$|^Wx$|^WxCloud$|^Worklet$|^Router$|^IAnyObject$/;
const declared = { web: 'declared', headless: 'declared', desktop: 'declared' };

const types = new Types(readTypings(typings));
const apis = new Apis(types);
const known = knownNames();
const found = new Map();
const add = (family, text) => found.set(family, [...(found.get(family) ?? []), text]);

const members = types.members('Wx');
const names = new Set(members.map((member) => member.name));
for (const member of members) {
  if (member.method === undefined) addNamespace(member);
  else if (!/^off[A-Z]/.test(member.name) || !names.has(member.name.replace(/^off/, 'on'))) addApi(member, '');
}
for (const name of types.interfaces.keys()) {
  if (!notObjects.test(name) && types.hasMethods(name) && !known.objects.has(name)) addObject(name);
}
for (const [family, texts] of found) write(family, texts);

function addApi(member, prefix) {
  const entry = apis.read(member, prefix);
  if (known.apis.has(entry.name)) return;
  const family = familyOf(entry.name, entry.path);
  complete(entry, entry.name);
  if (entry.kind === 'event' && !names.has(`off${entry.name.slice(2)}`)) entry.off = false;
  add(family, apiText({ ...entry, ...(existing(family) ? { hosts: declared } : {}) }));
}

/** `wx.cloud`: a value whose members are APIs of their own. */
function addNamespace(member) {
  const type = member.type?.typeName?.name;
  const inner = type === undefined ? [] : types.members(type);
  if (!known.apis.has(member.name)) {
    const family = familyOf(inner.length > 0 ? `${member.name}.` : member.name, 'base');
    add(
      family,
      apiText({
        name: member.name,
        kind: 'value',
        summary: `The namespace \`${member.name}\`.`,
        ...(existing(family) ? { hosts: declared } : {}),
      }),
    );
  }
  for (const one of inner) {
    if (one.method !== undefined) addApi(one, `${member.name}.`);
    else if (!known.apis.has(`${member.name}.${one.name}`)) {
      add(
        familyOf(`${member.name}.`, ''),
        apiText({ name: `${member.name}.${one.name}`, kind: 'value', summary: summaryOf(one.name, 'value') }),
      );
    }
  }
}

function complete(entry, fullName) {
  Object.assign(entry, permissionsOf(fullName, entry.kind));
  if (entry.kind === 'task') {
    entry.taskMethods = types
      .members(entry.taskObject)
      .filter((one) => one.method !== undefined)
      .map((one) => one.name);
    entry.object = entry.taskObject;
  }
}

function addObject(name) {
  const all = types.members(name);
  const methods = all.filter((member) => member.method !== undefined).map((member) => apis.read(member));
  const path = methods.map((method) => method.path).find((one) => one !== '') ?? '';
  for (const method of methods) {
    complete(method, `${name}.${method.name}`);
    if (method.kind === 'event' && !all.some((one) => one.name === `off${method.name.slice(2)}`)) method.off = false;
  }
  const kept = methods.filter(
    (method) =>
      !/^off[A-Z]/.test(method.name) || !methods.some((one) => one.name === method.name.replace(/^off/, 'on')),
  );
  const properties = all
    .filter((member) => member.method === undefined)
    .map((member) => types.field(member, new Map(), 1));
  const family = familyOf(name, path);
  const summary = `${wordsOf(name)
    .join(' ')
    .replace(/^./, (letter) => letter.toUpperCase())}.`;
  add(
    family,
    objectText({ name, summary, properties, methods: kept, ...(existing(family) ? { hosts: declared } : {}) }),
  );
}

function existing(family) {
  return families[family] === undefined || known.files.has(`${family}.toml`);
}

function write(family, texts) {
  const path = join(catalog, `${family}.toml`);
  const start = existsSync(path)
    ? readFileSync(path, 'utf8')
    : headerText(family, families[family], neverOnTheWeb.has(family) ? 'no' : 'declared');
  const text = `${start}\n${texts.join('\n')}`;
  writeFileSync(path, text);
  console.log(`${family}.toml: ${texts.length} added, ${text.split('\n').length} lines`);
}

/** Names in the files that are there; the TOML is ours, so its layout is known. */
function knownNames() {
  const files = new Set(readdirSync(catalog).filter((name) => name.endsWith('.toml')));
  const found = { files, apis: new Set(), objects: new Set() };
  for (const file of files) {
    for (const match of readFileSync(join(catalog, file), 'utf8').matchAll(
      /^\[\[(api|object)\]\]\nname = "([^"]+)"/gm,
    )) {
      found[match[1] === 'api' ? 'apis' : 'objects'].add(match[2]);
    }
  }
  return found;
}
