// @vitest-environment happy-dom
/** Pictures that apps make of canvases become temporary files; anything else is refused. */
import { expect, it, vi } from 'vitest';
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure } from '../miniapp/failure';
import { runtimeCalls } from './runtime-calls';

const keep = (args: Record<string, unknown>) => {
  const addTemporary = vi.fn((_blob: Blob, extension: string) => `wxfile://tmp_1.${extension}`);
  const context = { app: { resources: { addTemporary } } } as unknown as CallContext;
  return { addTemporary, run: () => runtimeCalls.keepPicture?.(context, args) };
};

it('keeps a picture and answers its path', () => {
  const blob = new Blob(['picture'], { type: 'image/png' });
  const { addTemporary, run } = keep({ blob, extension: 'png' });
  expect(run()).toEqual({ tempFilePath: 'wxfile://tmp_1.png' });
  expect(addTemporary).toHaveBeenCalledWith(blob, 'png');
});

it('refuses what is no picture, and one that is too large', () => {
  const large = new Blob(['']);
  Object.defineProperty(large, 'size', { value: 51 * 1024 * 1024 });
  for (const args of [
    { blob: 'text', extension: 'png' },
    { blob: new Blob(['a']), extension: 'html' },
    { blob: large, extension: 'png' },
  ]) {
    const { addTemporary, run } = keep(args);
    expect(run).toThrow(ApiFailure);
    expect(addTemporary).not.toHaveBeenCalled();
  }
});
