import { describe, expect, it } from 'vitest';
import type { FrameToShell } from '../protocol';
import { packagePath, Resources } from './resources';

function resources() {
  const sent: FrameToShell[] = [];
  const made = new Resources({ send: (message) => sent.push(message), pagePath: () => 'pages/list/list' });
  return { sent, made };
}

describe('paths', () => {
  it.each([
    ['/images/a.png', '/images/a.png'],
    ['a.png', '/pages/list/a.png'],
    ['./a.png?x=1', '/pages/list/a.png'],
    ['../../images/a.png#x', '/images/a.png'],
    ['../../../../a.png', '/a.png'],
  ])('%s is %s', (given, expected) => expect(packagePath(given, 'pages/list/list')).toBe(expected));
});

describe('resources', () => {
  it('asks once for what is asked for often, and remembers the answer', async () => {
    const { sent, made } = resources();
    const first = made.resolve('a.png', 'image');
    const second = made.resolve('/pages/list/a.png', 'image');
    expect(sent).toEqual([{ k: 'resolve', id: 1, src: '/pages/list/a.png', kind: 'image' }]);
    made.receive({ k: 'resolved', id: 1, url: 'https://gate.test/1' });
    expect([await first, await second]).toEqual(['https://gate.test/1', 'https://gate.test/1']);
    expect(made.ready('a.png', 'image')).toBe('https://gate.test/1');
  });

  it.each([
    'javascript:alert(1)',
    'blob:null/1',
    'file:///etc/passwd',
    'data:text/html,x',
    'about:blank',
    '',
    `/${'x'.repeat(20_000)}`,
  ])('refuses %.20s without asking', async (src) => {
    const { sent, made } = resources();
    await expect(made.resolve(src, 'image')).rejects.toThrow('neither a file');
    expect(sent.filter(({ k }) => k === 'resolve')).toEqual([]);
  });

  it('takes no answer that is not an address, and asks again later', async () => {
    const { sent, made } = resources();
    const first = made.resolve('a.png', 'image');
    made.receive({ k: 'resolved', id: 1, url: 'javascript:alert(1)' });
    await expect(first).rejects.toThrow();
    void made.resolve('a.png', 'image').catch(() => undefined);
    expect(sent.filter(({ k }) => k === 'resolve')).toHaveLength(2);
  });
});
