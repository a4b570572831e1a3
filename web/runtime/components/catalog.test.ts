// @vitest-environment happy-dom
/** The catalog's table of components is held against the components themselves, so that it can't say more or less. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { componentAttributes, declaredComponents } from '../protocol/generated/components';
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { makeComponent, makeTextComponent } from './registry';

/** What the view does for every tag, and what plain tags (`view`, `text`) get by style sheets or in their own way. */
const everywhere = new Set([
  'hover-class',
  'hover-start-time',
  'hover-stay-time',
  'hover-stop-propagation',
  'animation',
]);
const plain: Readonly<Record<string, readonly string[]>> = {
  // These are logic's: it draws an item for each entry.
  'grid-builder': ['list', 'child-count'],
  'list-builder': ['list', 'child-count', 'child-height', 'type'],
  text: ['selectable', 'user-select'],
};
/** Properties that no attribute of the original sets: shared with a sibling, or the field's part in its form. */
const internal: Readonly<Record<string, readonly string[]>> = {
  checkbox: ['name'],
  // Shared with the handlers of drags, which can hear of the scrolling of what they hold.
  ...Object.fromEntries(
    ['tap', 'double-tap', 'long-press', 'scale', 'force-press'].map((kind) => [
      `${kind}-gesture-handler`,
      ['nativeView'],
    ]),
  ),
  'cover-image': ['mode', 'lazyLoad', 'showMenuByLongpress', 'webp', 'fadeIn', 'alt'],
  'functional-page-navigator': ['target', 'url', 'openType', 'delta', 'appId', 'path', 'extraData', 'shortLink'],
  image: ['alt'],
  navigator: ['name', 'args'],
  'picker-view': ['name'],
  radio: ['name'],
  'rich-text': ['selectable'],
  switch: ['value'],
};
/** Components that show a face in place of what this host can't do. */
const faces = new Set(['Advertisement', 'Live']);
const isFace = (component: object | null) => component !== null && faces.has(component.constructor.name);
/** Parts of a template that logic resolves. */
const syntax = new Set(['block', 'slot', 'template', 'import', 'include', 'wxs']);

const camel = (name: string) => name.replace(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

/** A context that takes every question and answers none. */
const context = new Proxy(() => {}, {
  get: (target, name) =>
    name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : (Reflect.get(target, name) ?? context),
  apply: () => context,
}) as unknown as ViewContext;

function make(tag: string) {
  const host = document.createElement(`mz-${tag}`);
  const node = { tag, children: [], attributes: new Map(), listeners: new Map(), dom: host, element: host };
  const quiet = { ...(context as object), locale: 'en', warn: () => {} };
  const answering = new Proxy(quiet, { get: (own, name) => Reflect.get(own, name) ?? context });
  const made = tag === 'text' ? makeTextComponent : makeComponent;
  return made(node as unknown as ViewNode, host, answering as unknown as ViewContext);
}

beforeAll(() => {
  vi.stubGlobal('visualViewport', new EventTarget());
});

const listed = Object.entries(componentAttributes).filter(([tag]) => !syntax.has(tag));

test.each(listed)('%s: what the catalog calls carried out is a property of the component', (tag, text) => {
  const component = make(tag);
  expect(isFace(component), `${tag} only keeps its place: say \`web = "declared"\``).toBe(false);
  const known = component === null ? [] : Object.keys(component.values);
  const names = text.split(' ').map((entry) => (entry.split(':')[0] ?? '').replace(';', ':'));
  // Functions of worklets are told as events: the attribute itself stays with logic.
  const own = /^(?!bind|worklet:)./;
  const attributes = names.filter((name) => own.test(name));
  const missing = attributes.filter(
    (name) =>
      !known.includes(camel(name)) && !known.includes(name) && !everywhere.has(name) && !plain[tag]?.includes(name),
  );
  expect(missing, `say \`web = "declared"\` for these attributes of ${tag}, or carry them out`).toEqual([]);
});

test.each(listed)('%s: each property of the component is in the catalog', (tag, text) => {
  const component = make(tag);
  if (component === null) return;
  const attributes = new Set(text.split(' ').map((entry) => camel((entry.split(':')[0] ?? '').replace(';', ':'))));
  const unknown = Object.keys(component.values).filter(
    (name) => !attributes.has(name) && !internal[tag]?.includes(name),
  );
  expect(unknown, `describe these attributes of ${tag} in crates/mezze-api/catalog/components as carried out`).toEqual(
    [],
  );
});

test('a tag that the catalog calls declared has no component', () => {
  const carried = declaredComponents.split(' ').filter((tag) => {
    const component = make(tag);
    return component !== null && !isFace(component);
  });
  expect(carried, 'take `web = "declared"` away from these tags').toEqual([]);
});

test('each event that the catalog calls sent is named in the sources', () => {
  const text = sources(join(import.meta.dirname, '..'));
  const missing = listed.flatMap(([tag, entry]) => {
    const events = entry.split(' ').filter((name) => name.startsWith('bind'));
    return events.filter((name) => !text.includes(`'${name.slice(4)}'`)).map((name) => `${tag}.${name}`);
  });
  expect(missing, 'put these into `declared_events`, or send them').toEqual([]);
});

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .filter((entry) => /runtime\/(components|view|logic\/(app|components))/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
