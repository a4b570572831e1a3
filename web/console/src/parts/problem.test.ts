// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'lit';
import { afterEach, describe, expect, it } from 'vitest';
import { setLocale } from '../localization';
import { problemEn } from '../localization/problems';
import { PlatformProblem } from '../platform/client';
import { problemNote } from './problem';

const refusal = new PlatformProblem(
  409,
  'The release is in another state',
  '`stage` is not possible.',
  'Possible now: recall.',
  'wrong-state',
);

function shown(problem: PlatformProblem): HTMLElement {
  const place = document.createElement('div');
  render(problemNote(problem), place);
  return place;
}

afterEach(() => setLocale('en'));

describe('a refusal of the platform', () => {
  it('is said in the person’s language, with the platform’s own words beside it', () => {
    setLocale('zh');
    const note = shown(refusal);
    expect(note.querySelector('strong')?.textContent).toBe('版本处于其他状态');
    expect([...note.querySelectorAll('p')].map((line) => [line.lang, line.textContent])).toEqual([
      ['en', '`stage` is not possible.'],
      ['en', 'Possible now: recall.'],
    ]);
    expect(note.querySelector('strong')?.closest('[lang=en]')).toBeNull();
  });

  it('of an unknown kind keeps the platform’s title', () => {
    setLocale('zh');
    expect(shown(new PlatformProblem(500, 'Something new', '', undefined, 'new')).textContent).toContain(
      'Something new',
    );
  });
});

/** Kinds that only hosts, mini apps' servers, probes or the platform's other faces meet. */
const elsewhere =
  /^(gate-|extension-|map-tile|range|shell-not-built|device-not-proved|too-many-(devices|grants)|unknown-(device|login-code)|wrong-app-secret)/;

it('has words for every kind that the platform’s source names', () => {
  const root = join(import.meta.dirname, '../../../../crates/mezze-platform/src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.rs') && !name.endsWith('tests.rs'),
  );
  const named = /(?:Problem::new|Self::new)\(\s*[\w:]+,\s*"([a-z-]+)"|\bconflict\(\s*"([a-z-]+)"/g;
  const kinds = files.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(named)].map((found) => found[1] ?? found[2] ?? ''),
  );
  expect(kinds.length).toBeGreaterThan(80);
  const missing = [...new Set(kinds)].filter((kind) => !elsewhere.test(kind) && !(`problem.${kind}` in problemEn));
  expect(missing).toEqual([]);
});
