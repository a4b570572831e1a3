/** The decisions of `tests/fixtures/permission`, which `mezze-host` is held to as well. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { decide, type Grant, type Question } from './decide';
import type { Declarations } from './declarations';
import { policySchema } from './policy';
import { openCategories, scopes } from './scopes';

const root = fileURLToPath(new URL('../../../../tests/fixtures/permission/', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

interface Case {
  name: string;
  declared: Partial<Declarations>;
  grants: Grant[];
  moment: {
    app_id: string;
    publishers: string[];
    app_category: string | null;
    signer: string;
    in_front: boolean;
    now: number;
    privacy_refused_at?: number;
  };
  question: Question;
  expected: unknown;
}

const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(folders.map(({ name }) => name))('policy %s', (folder) => {
  const policy = parse(policySchema, read(`${folder}/policy.json`));
  it.each(read(`${folder}/cases.json`) as Case[])('$name', ({ declared, grants, moment, question, expected }) => {
    const decision = decide(
      {
        permissions: declared.permissions ?? [],
        data: declared.data ?? [],
        development: declared.development === true,
      },
      policy,
      grants,
      {
        appId: moment.app_id,
        publishers: moment.publishers,
        appCategory: moment.app_category ?? undefined,
        signer: moment.signer,
        inFront: moment.in_front,
        now: moment.now,
        privacyRefusedAt: moment.privacy_refused_at,
      },
      question,
    );
    expect(decision).toEqual(expected);
  });
});

it('knows the same scopes as the Rust host', () => {
  expect({ scopes, open: [...openCategories] }).toEqual(read('scopes.json'));
});
