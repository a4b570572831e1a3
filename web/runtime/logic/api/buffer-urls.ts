/** `createBufferURL`: bytes under an address in memory, for pictures and media, until they are revoked or the app ends. */
import { temporaryPrefix } from '../../protocol/files';
import type { ApiContext, Implementations } from './context';
import { ApiFailure } from './outcome';
import { typeName } from './parameters';

export function bufferUrls(context: ApiContext): Pick<Implementations, 'syncs'> {
  const { bridge, reporter } = context;
  let made = 0;
  const kept = new Set<string>();
  return {
    syncs: {
      createBufferURL: (buffer: unknown) => {
        const bytes = bytesOf(buffer);
        if (bytes === undefined) {
          throw new ApiFailure(
            `createBufferURL:fail parameter error: parameter should be ArrayBuffer instead of ${typeName(buffer)}`,
          );
        }
        made += 1;
        const path = `${temporaryPrefix}buffer${made}`;
        kept.add(path);
        bridge.call('keepBuffer', { path, data: bytes }, 0, (result) => {
          if (!result.ok) reporter.warn(result.failure.errMsg.replace('keepBuffer', 'createBufferURL'));
        });
        return path;
      },
      revokeBufferURL: (url: unknown) => {
        if (kept.delete(String(url))) bridge.call('releaseBuffer', { path: String(url) }, 0, () => {});
      },
    },
  };
}

/** A copy: what the app does to its buffer afterwards changes nothing. */
function bytesOf(buffer: unknown): ArrayBuffer | undefined {
  if (buffer instanceof ArrayBuffer) return buffer.slice(0);
  if (!ArrayBuffer.isView(buffer)) return undefined;
  return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength).slice().buffer;
}
