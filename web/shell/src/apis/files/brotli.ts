/** Brotli, for `readCompressedFile`; loaded with the first file that is. */
import { fileLimits } from '../../../../runtime/protocol';
import { fail } from '../../miniapp/failure';

export async function inflateBrotli(data: unknown): Promise<ArrayBuffer> {
  if (!(data instanceof ArrayBuffer) || data.byteLength > fileLimits.file) return fail('it is no file');
  const { decompress } = await import('brotli/decompress');
  try {
    const inflated = decompress(new Uint8Array(data));
    if (inflated.length > fileLimits.file) return fail('brotli decompress fail: the file is larger than 100 MB');
    return inflated.slice().buffer;
  } catch {
    return fail('brotli decompress fail');
  }
}
