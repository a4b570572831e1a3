/**
 * What the shell reads of a platform or a package: answers, manifests, containers, signing blocks, proofs, addresses.
 * Each reader understands its input or refuses it in its own words; a right input that was changed is never taken for
 * another release.
 */
import 'fake-indexeddb/auto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { anything, json, reading, readingLater, settled, spoiled } from '../../../common/testing/hostile-values';
import { readCheckpoint, readLogKey } from '../log/checkpoint';
import { verifyConsistency, verifyInclusion } from '../log/proof';
import { readConfig } from '../miniapp/config';
import { parseLaunchUri, parseParts, parseQuery, printLaunchPath } from '../miniapp/launch-uri';
import { readDeclarations } from '../permission/declarations';
import { facts, launch, launchPart, logConsistency, me, miniApp, miniApps } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import { type Bytes, utf8 } from './bytes';
import { readContainer } from './container';
import { assembleDelta } from './delta';
import { predecessors } from './lineage';
import type { OpenedPackage } from './opened';
import { rootsOf } from './parts';
import { PackageRefusal } from './refusal';
import { addRevocations } from './revocations';
import { readStatementsOf } from './signing';
import { unseal } from './unseal';
import { verifyPackage } from './verify';

const fixture = new URL('../../../../tests/fixtures/package/vector-1.json', import.meta.url);
const vector = JSON.parse(await readFile(fixture, 'utf8')) as Record<string, string> & {
  sealing: Record<string, string>;
};
const bytesOf = (text = ''): Bytes => Uint8Array.from(Buffer.from(text, 'base64'));
const right = bytesOf(vector['package']);
const wanted = {
  appId: vector['app_id'] ?? '',
  version: vector['version'] ?? '',
  digest: vector['package_digest'] ?? '',
};
const trusted = { developer: vector['developer_key'] ?? '', platform: vector['platform_key'] ?? '' };

/** Understood, or refused as the reader says it. */
async function understood<T>(
  read: () => T | Promise<T>,
  refusal: new (...all: never[]) => Error,
): Promise<T | undefined> {
  try {
    return await readingLater(async () => read());
  } catch (failure) {
    if (!(failure instanceof refusal)) throw failure;
    return undefined;
  }
}

/** Bytes of a right input with some of them changed, taken out, doubled or cut off. */
const changedBytes = (input: Bytes) =>
  fc
    .array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255), how: fc.nat(3) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((changes) =>
      changes.reduce((bytes, { at, value, how }) => {
        const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
        const tail = how === 1 ? bytes.slice(place + 1) : bytes.slice(place);
        const parts =
          how === 3 ? [bytes.slice(0, place)] : [bytes.slice(0, place), [value], how === 0 ? tail.slice(1) : tail];
        return Uint8Array.from(parts.flatMap((part) => [...part]));
      }, input),
    );

describe('bytes of a package', () => {
  const taken = fc.oneof(changedBytes(right), fc.uint8Array({ maxLength: 400 }) as fc.Arbitrary<Bytes>);

  it('make a container that keeps to its own bounds, or none', async () => {
    await fc.assert(
      fc.asyncProperty(taken, async (bytes) => {
        const container = await understood(() => readContainer(bytes), PackageRefusal);
        for (const { start, end, path } of container?.entries ?? []) {
          expect(start >= 0 && end >= start && end <= bytes.length).toBe(true);
          expect(path).not.toMatch(/(^|\/)\.\.?(\/|$)|^\/|\\|\0/);
        }
      }),
      settled,
    );
  });

  it('are the signed release, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(taken, async (bytes) => {
        const verified = await understood(() => verifyPackage(bytes, wanted, trusted), PackageRefusal);
        if (verified !== undefined) expect(Buffer.from(bytes).equals(Buffer.from(right))).toBe(true);
      }),
      settled,
    );
  });

  it('are read as an update, a signing block and a sealed file without harm', async () => {
    const container = readContainer(right);
    const block = right.slice(container.blockOffset, container.centralOffset);
    const sealed = bytesOf(vector.sealing['sealed']);
    const key = bytesOf(vector.sealing['content_key']);
    await fc.assert(
      fc.asyncProperty(taken, changedBytes(block), changedBytes(sealed), async (bytes, signing, seal) => {
        const update = () => assembleDelta(bytes, async () => new Map(), wanted, trusted);
        expect(await understood(update, PackageRefusal)).toBeUndefined();
        const statements = await understood(() => readStatementsOf(signing), PackageRefusal);
        for (const { statement } of statements ?? []) expect(statement.type).toBe('mezze.statement.v1');
        await understood(() => unseal(seal, key), PackageRefusal);
      }),
      { ...settled, numRuns: 200 },
    );
  });
});

describe('texts of a package', () => {
  const opened = (text: string) =>
    ({ has: () => true, read: async () => [utf8(text)], development: false }) as unknown as OpenedPackage;
  const window = { navigationBarTitleText: 'x' };
  const config = {
    format: 1,
    appId: 'org.example.a',
    entryPage: 'pages/a',
    pages: { 'pages/a': { package: '', window, styles: ['style/a.css'] } },
    components: { 'parts/a': { package: '' } },
    window,
    tabBar: { list: [{ pagePath: 'pages/a', text: 'A' }] },
    packages: [{ root: '', pages: ['pages/a'], scripts: [{ file: 'a.js', module: 'a', lines: 1 }], templates: [] }],
    origins: { request: ['https://a.example'], upload: [], download: [], socket: [], media: [], webview: [] },
  };
  const manifest = {
    lang: 'en',
    req_permissions: [{ name: 'scope.camera', reason: { en: 'x' } }],
    mezze: {
      permissions: [],
      data: [{ category: 'location', purpose: 'x', retention: 'y' }],
      subpackages: [{ root: 'more' }],
    },
  };
  const texts = (right: unknown) =>
    fc.oneof(
      json,
      fc.string(),
      spoiled([right], fc.jsonValue()).map((value) => JSON.stringify(value) ?? ''),
    );

  it('the configuration names an entry page that is one of its own pages, or is refused', async () => {
    const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf');
    const odd = names.map((entryPage) => JSON.stringify({ ...config, entryPage }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(texts(config), odd), async (text) => {
        const read = await understood(() => readConfig(opened(text)), PackageRefusal);
        if (read === undefined) return;
        expect(Object.keys(read.pages)).toContain(read.entryPage);
        // What every object has is no page: addresses name pages, and anybody writes addresses.
        for (const name of ['constructor', 'toString', '__proto__']) {
          if (!Object.keys(read.pages).includes(name)) expect(read.pages[name]).toBeUndefined();
        }
      }),
      { ...settled, numRuns: 1500 },
    );
  });

  it('the manifest’s declarations and subpackages are lists of names, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(texts(manifest), async (text) => {
        const declared = await understood(() => readDeclarations(opened(text)), PackageRefusal);
        for (const { name } of declared?.permissions ?? []) expect(typeof name).toBe('string');
        const roots = await understood(() => rootsOf(utf8(text)), PackageRefusal);
        for (const root of roots ?? []) expect(root).not.toMatch(/^\/|\/$/);
      }),
      { ...settled, numRuns: 1500 },
    );
  });
});

describe('answers of the platform', () => {
  let answer = '';
  beforeEach(() => vi.stubGlobal('fetch', async () => new Response(answer)));
  afterAll(() => vi.unstubAllGlobals());

  const key = 'A'.repeat(43);
  const sealed = { url: '/api/v1/sealed/x', size: 1, digest: 'x' };
  const wrapped = { enc: 'x', ciphertext: 'y' };
  const launched = {
    state: 'fetch',
    app_id: 'org.example.a',
    version: '1',
    package_digest: 'x',
    sealed,
    key: wrapped,
    delta: { from: 'y', sealed, key: wrapped },
    part: { roots: ['a'], sealed, key: wrapped },
    log: { verifier_key: 'k', index: 1, entry: '{}', proof: ['00'], checkpoint: 'c' },
    signers: { developer: key, platform: key },
    lineage: [{ key, vouched_by: key, signature: 'B'.repeat(86) }],
    gate: { ticket: 't', key: 'k', expires: 1 },
    development: false,
    trial: false,
    forced: false,
    minimum_version_code: 0,
    version_code: 1,
  };
  const app = { app_id: 'a', name: 'A', icon_url: null };
  const calls: [string, () => Promise<unknown>, unknown][] = [
    ['launch', () => launch('a', { device_id: 'd' }), launched],
    [
      'part',
      () => launchPart('a', { version: '1', package_digest: 'x', root: '', device_id: 'd' }),
      { roots: [''], sealed, key: wrapped },
    ],
    ['facts', () => facts(), { name: 'x', demo: true, permission_policy: { rules: [{ id: 'a', effect: 'forbid' }] } }],
    ['me', () => me(), { id: 'u', name: 'U' }],
    ['apps', () => miniApps(), [app]],
    ['app', () => miniApp('a'), app],
    ['consistency', () => logConsistency(1, 2), { proof: ['00'] }],
  ];

  it.each(calls)('%s is understood or a problem', async (_name, call, example) => {
    answer = JSON.stringify(example);
    await expect(call()).resolves.toBeDefined();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          json,
          spoiled([example], fc.jsonValue()).map((value) => JSON.stringify(value) ?? 'null'),
        ),
        async (text) => {
          answer = text;
          const read = await understood(call, PlatformProblem);
          if (read !== undefined && !Array.isArray(read)) expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
        },
      ),
      { ...settled, numRuns: 500 },
    );
  });

  it('that are no JSON are a problem like any other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        answer = text;
        await understood(() => me(), PlatformProblem);
      }),
      settled,
    );
  });
});

describe('words of the log, of keys, of addresses', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }) as fc.Arbitrary<Bytes>;
  const size = fc.oneof(fc.nat(40), fc.constantFrom(2 ** 31, 2 ** 40, 1.5, -1, Number.NaN));

  it('nothing made up is proved', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, fc.array(hash, { maxLength: 60 }), hash, hash, async (from, to, proof, a, b) => {
        const within = await understood(
          () => verifyInclusion(a, from, { size: to, root: b }, proof).then(() => true),
          PackageRefusal,
        );
        expect(within ?? false).toBe(false);
        const heads = [
          { size: from, root: a },
          { size: to, root: b },
        ] as const;
        const grown = await understood(() => verifyConsistency(...heads, proof).then(() => true), PackageRefusal);
        if (grown === true) expect(from === 0 || (from === to && a.every((one, at) => one === b[at]))).toBe(true);
      }),
      settled,
    );
  });

  it('heads, keys of the log and lists of revocations are refused unless they are signed', async () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('o+00000000+AAAA', 'log\n1\nAAAA\n\n— log AAAA\n'));
    const list = fc.record({ payload: fc.string(), signature: fc.string(), key: fc.string() });
    const log = { origin: 'log', key: new Uint8Array(32), hash: new Uint8Array(4) };
    await fc.assert(
      fc.asyncProperty(line, list, async (text, signed) => {
        await understood(() => readLogKey(text), PackageRefusal);
        expect(await understood(() => readCheckpoint(text, log), PackageRefusal)).toBeUndefined();
        expect(await understood(() => addRevocations(signed, 0), PackageRefusal)).toBeUndefined();
      }),
      settled,
    );
  });

  it('no vouch is believed that no key made', async () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('A'.repeat(43), trusted.developer, 'B'.repeat(86)));
    const lineage = fc.array(fc.record({ key: word, vouched_by: word, signature: word }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(word, lineage, async (signer, steps) => {
        expect(await readingLater(() => predecessors('org.example.a', signer, steps))).toEqual([]);
      }),
      settled,
    );
  });

  it('an address that is understood prints to one that is understood as the same', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('%2e%2e', '..', '//', ';version=1', '?a=b', '#', '%', '__proto__', 'mezze-page=1', '?path=x%2fy'),
    );
    const address = fc.tuple(
      fc.constantFrom('mezze://miniapp/', 'https://h/miniapp/', 'HTTPS://H/MINIAPP/', ''),
      fc.array(piece, { maxLength: 6 }),
    );
    fc.assert(
      fc.property(address, ([start, pieces]) => {
        const text = `${start}a${pieces.join('')}`;
        const target = reading(() => parseLaunchUri(text, 'h'));
        reading(() => parseQuery(text));
        if (target === undefined) return;
        expect(target.path ?? '').not.toMatch(/(^|\/)\.\.?(\/|$)|\\|^\/|\/\//);
        const printed = new URL(printLaunchPath(target), 'https://h');
        const again = parseParts(printed.pathname, printed.search);
        const { testCode: _, ...rest } = target;
        expect(again).toEqual(rest);
      }),
      { ...settled, numRuns: 3000 },
    );
  });

  it('anything at all is no reason to fall over', () => {
    fc.assert(
      fc.property(anything, (value) => {
        reading(() => parseQuery(String(typeof value === 'string' ? value : '')));
      }),
      settled,
    );
  });
});
