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

  constructor(private readonly opened: Pick<OpenedPackage, 'list' | 'read' | 'held'>) {}

  /** Whether the contents were handed over. */
  get given(): boolean {
    return this.#contents !== undefined;
  }

  index(): PackagedFile[] {
    return this.opened.list
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, size }) => ({ path: path.slice(prefix.length), size }));
  }

  /** Contents of one subpackage's files, for an app that was given the others before. */
  async ofPart(root: string): Promise<PackagedFile[]> {
    const inside = (await this.#read()).filter(({ path }) => path.startsWith(`${root}/`));
    this.#contents = undefined;
    await this.contents();
    return inside;
  }

  contents(): Promise<PackagedFile[]> {
    this.#contents ??= this.#read().catch((failure: unknown) => {
      this.#contents = undefined;
      throw failure;
    });
    return this.#contents;
  }

  /** Of a subpackage that is not here yet there is the list alone. */
  async #read(): Promise<PackagedFile[]> {
    const held = new Set((await this.opened.held()).map(({ path }) => path));
    const index = this.index().filter(({ path }) => held.has(`${prefix}${path}`));
    const contents = await this.opened.read(index.map(({ path }) => `${prefix}${path}`));
    return index.map((file, place) => {
      const bytes = contents[place];
      return { ...file, data: new Blob(bytes === undefined ? [] : [bytes], { type: mediaType(file.path) }) };
    });
  }
}
