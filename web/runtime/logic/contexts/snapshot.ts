/** What `node()` gives for a snapshot: `takeSnapshot`, a picture of what is drawn inside it. */
import { callingPage } from '../api/context';
import type { ContextTarget } from './target';

/** Settings that a snapshot's size is read from. */
interface Picture {
  bytes: ArrayBuffer;
  width: number;
  height: number;
}

export class SnapshotNode {
  /** Size of the snapshot's box, CSS pixels; known after the first picture. */
  width = 0;
  height = 0;
  readonly #target: ContextTarget;

  constructor(target: ContextTarget) {
    this.#target = target;
    target.ask('size').then(
      (size) => Object.assign(this, size as object),
      () => undefined,
    );
  }

  /** `{ type: 'file' | 'arraybuffer', format: 'png' | 'jpg' | 'rgba' }`. */
  takeSnapshot(options?: unknown): Promise<unknown> | undefined {
    const target = this.#target;
    return target.end('takeSnapshot', options, async ({ type = 'arraybuffer', format = 'rgba' }) => {
      const wanted = type === 'file' && format === 'rgba' ? 'png' : String(format);
      const { bytes, width, height } = (await target.ask('takePicture', wanted)) as Picture;
      this.width = width;
      this.height = height;
      if (type !== 'file') return { data: bytes };
      const extension = wanted === 'jpg' ? 'jpg' : 'png';
      // The worker's own Blob is taken away from apps; the files' host captured it before.
      const { files } = target.api.host;
      if (files === undefined) throw new Error('not supported on this host');
      const blob = files.posted(files.join([new Uint8Array(bytes)]));
      return { tempFilePath: await keep(target, blob, extension) };
    });
  }
}

function keep({ api }: ContextTarget, blob: Blob, extension: string): Promise<string> {
  return new Promise((resolve, reject) => {
    api.bridge.call('keepPicture', { blob, extension }, callingPage(api), (result) => {
      if (result.ok) resolve(String(result.value.tempFilePath));
      else reject(new Error(result.failure.errMsg.replace(/^keepPicture:fail /, '')));
    });
  });
}
