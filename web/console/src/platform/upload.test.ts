import { afterEach, describe, expect, it, vi } from 'vitest';
import { PlatformProblem } from './client';
import { digestOf, type Progress, UploadStopped, uploadPackage } from './upload';

const size = 2.5 * 1024 * 1024;
const file = new Blob([new Uint8Array(size).fill(7)]);

/** A platform that keeps parts; `before` may break a request. */
class Platform {
  kept = 0;
  parts: [number, number][] = [];
  before: (method: string, count: number) => Response | Error | undefined = () => undefined;
  #count = 0;

  readonly fetch = async (path: string, init: RequestInit): Promise<Response> => {
    const method = init.method ?? 'GET';
    this.#count += 1;
    const broken = this.before(method, this.#count);
    if (broken instanceof Error) throw broken;
    if (broken !== undefined) return broken;
    if (method === 'PATCH') {
      const offset = Number((init.headers as Record<string, string>)['upload-offset']);
      if (offset !== this.kept) return Response.json({ title: 'Another offset', status: 409 }, { status: 409 });
      const bytes = (init.body as Blob).size;
      this.parts.push([offset, bytes]);
      this.kept += bytes;
    } else expect(path).toBe('/api/v1/uploads');
    return Response.json({ id: 'u1', size, sha256: '', offset: this.kept, state: 'open', release_id: null });
  };
}

function start(platform: Platform, signal = new AbortController().signal, seen: Progress[] = []): Promise<string> {
  vi.stubGlobal('fetch', platform.fetch);
  return uploadPackage(file, { signal, progress: (one) => seen.push(one), pause: async () => undefined });
}

afterEach(() => vi.unstubAllGlobals());

describe('uploading in parts', () => {
  it('sends every byte once and tells how far it is', async () => {
    const platform = new Platform();
    const seen: Progress[] = [];
    expect(await start(platform, undefined, seen)).toBe('u1');
    expect(platform.parts).toEqual([
      [0, 1048576],
      [1048576, 1048576],
      [2097152, 524288],
    ]);
    expect(seen.map(({ stage, sent }) => `${stage} ${sent}`)).toEqual([
      'hashing 0',
      'sending 0',
      'sending 1048576',
      'sending 2097152',
      `sending ${size}`,
    ]);
  });

  it('goes on where it was begun before', async () => {
    const platform = new Platform();
    platform.kept = 2097152;
    await start(platform);
    expect(platform.parts).toEqual([[2097152, 524288]]);
  });

  it('asks how far it came after a break, and goes on', async () => {
    const platform = new Platform();
    platform.before = (method, count) => (method === 'PATCH' && count === 3 ? new TypeError('broken') : undefined);
    await start(platform);
    expect(platform.kept).toBe(size);
  });

  it('gives up after four breaks of one part, and at once where it is refused', async () => {
    const platform = new Platform();
    let tries = 0;
    platform.before = (method) => {
      if (method !== 'PATCH') return undefined;
      tries += 1;
      return new TypeError('broken');
    };
    await expect(start(platform)).rejects.toBeInstanceOf(PlatformProblem);
    expect(tries).toBe(4);
    platform.before = () => Response.json({ title: 'Too large', status: 413 }, { status: 413 });
    await expect(start(platform)).rejects.toMatchObject({ status: 413, title: 'Too large' });
  });

  it('stops between parts where it is asked to', async () => {
    const platform = new Platform();
    const stop = new AbortController();
    platform.before = (method) => {
      if (method === 'PATCH') stop.abort();
      return undefined;
    };
    await expect(start(platform, stop.signal)).rejects.toBeInstanceOf(UploadStopped);
    expect(platform.parts).toHaveLength(1);
  });
});

it('names bytes by their SHA-256 in hex', async () => {
  expect(await digestOf(new Blob(['abc']))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
