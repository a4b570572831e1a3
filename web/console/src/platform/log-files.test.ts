import { describe, expect, it } from 'vitest';
import { readBundle, tilePath } from './log-files';

function bundle(...entries: string[]): Uint8Array {
  const parts = entries.map((entry) => new TextEncoder().encode(entry));
  return Uint8Array.from(parts.flatMap((part) => [part.length >> 8, part.length & 255, ...part]));
}

describe('files of the public log', () => {
  it('names a bundle as c2sp.org/tlog-tiles does', () => {
    expect(tilePath(0)).toBe('000');
    expect(tilePath(999)).toBe('999');
    expect(tilePath(1_234_067)).toBe('x001/x234/067');
  });

  it('reads entries behind their lengths', () => {
    const long = JSON.stringify({ type: 'release', version: 'x'.repeat(300) });
    expect(readBundle(bundle('{"type":"key"}', long))).toEqual([{ type: 'key' }, JSON.parse(long)]);
    expect(readBundle(new Uint8Array())).toEqual([]);
  });

  it('refuses a bundle that is cut, and entries that are no objects', () => {
    const whole = bundle('{"type":"key"}');
    expect(() => readBundle(whole.subarray(0, -1))).toThrow(RangeError);
    expect(() => readBundle(Uint8Array.of(0))).toThrow(RangeError);
    expect(() => readBundle(bundle('3'))).toThrow(TypeError);
    expect(() => readBundle(bundle('{'))).toThrow(SyntaxError);
  });
});
