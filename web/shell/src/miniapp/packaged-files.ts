/**
 * The package's own files, as the file system of an app sees them. Their list goes with the start message; their
 * contents only to an app that reads files, since each has to be decrypted for it.
 */
import type { PackagedFile } from '../../../runtime/protocol';
import type { OpenedPackage } from '../package/opened';
import { mediaType } from './media-type';

const prefix = 'file/';

export class PackagedFiles {
  #contents: Promise<PackagedFile[]> | undefined;

  constructor(private readonly opened: Pick<OpenedPackage, 'list' | 'read'>) {}

  /** Whether the contents were handed over. */
  get given(): boolean {
    return this.#contents !== undefined;
  }

  index(): PackagedFile[] {
    return this.opened.list
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, size }) => ({ path: path.slice(prefix.length), size }));
  }

  contents(): Promise<PackagedFile[]> {
    this.#contents ??= this.#read().catch((failure: unknown) => {
      this.#contents = undefined;
      throw failure;
    });
    return this.#contents;
  }

  async #read(): Promise<PackagedFile[]> {
    const index = this.index();
    const contents = await this.opened.read(index.map(({ path }) => `${prefix}${path}`));
    return index.map((file, place) => {
      const bytes = contents[place];
      return { ...file, data: new Blob(bytes === undefined ? [] : [bytes], { type: mediaType(file.path) }) };
    });
  }
}
