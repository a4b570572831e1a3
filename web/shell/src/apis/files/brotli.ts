/** Brotli, for `readCompressedFile`; loaded with the first file that is. */
import { fileLimits } from '../../../../runtime/protocol';
import { fail } from '../../miniapp/failure';

/** Bytes that an empty text may take. */
const longestNothing = 4;

export async function inflateBrotli(data: unknown): Promise<ArrayBuffer> {
  if (!(data instanceof ArrayBuffer) || data.byteLength > fileLimits.file) return fail('it is no file');
  const { decompress } = await import('brotli/decompress');
  try {
    const inflated = decompress(new Uint8Array(data));
    // The decoder stops at the first end it sees: of a file that is none, that may be at once.
    if (inflated.length === 0 && data.byteLength > longestNothing) return fail('brotli decompress fail');
    if (inflated.length > fileLimits.file) return fail('brotli decompress fail: the file is larger than 100 MB');
    return inflated.slice().buffer;
  } catch {
    return fail('brotli decompress fail');
  }
}
