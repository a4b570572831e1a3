/**
 * The file system manager, and the older file APIs of the namespace. Both forms of an operation are made of the one
 * implementation; the asynchronous one waits for files of the package that have not come yet.
 */
import { type FilesAtStart, fileLimits, type PackagedFile } from '../../../protocol/files';
import { memoryFiles } from '../../boot/file-host';
import type { LogicHost } from '../../boot/host';
import type { ApiContext, CallImplementation, Implementations } from '../context';
import { ApiFailure, type Arguments, prepareEnd, type Settle, succeed } from '../outcome';
import { typeName } from '../parameters';
import { readZipEntry, unzip } from './archive';
import { Descriptors } from './descriptors';
import { digest } from './digest';
import { FileFailure, fileFailures } from './failure';
import { type FileOperation, type FileParts, Operations } from './operations';
import { FileTree } from './tree';

/** Names of the positional arguments of each synchronous form; null where it takes one object. */
const synchronous: Readonly<Record<string, readonly string[] | null>> = {
  access: ['path'],
  appendFile: ['filePath', 'data', 'encoding'],
  close: null,
  copyFile: ['srcPath', 'destPath'],
  fstat: null,
  ftruncate: null,
  mkdir: ['dirPath', 'recursive'],
  open: null,
  read: null,
  readdir: ['dirPath'],
  readFile: ['filePath', 'encoding', 'position', 'length'],
  rename: ['oldPath', 'newPath'],
  rmdir: ['dirPath', 'recursive'],
  saveFile: ['tempFilePath', 'filePath'],
  stat: ['path', 'recursive'],
  truncate: null,
  unlink: ['filePath'],
  write: null,
  writeFile: ['filePath', 'data', 'encoding'],
};

/** Arguments that must be texts. */
const texts: Readonly<Record<string, readonly string[]>> = {
  access: ['path'],
  appendFile: ['filePath'],
  copyFile: ['srcPath', 'destPath'],
  getFileInfo: ['filePath'],
  mkdir: ['dirPath'],
  open: ['filePath'],
  readCompressedFile: ['filePath', 'compressionAlgorithm'],
  readFile: ['filePath'],
  readZipEntry: ['filePath'],
  readdir: ['dirPath'],
  removeSavedFile: ['filePath'],
  rename: ['oldPath', 'newPath'],
  rmdir: ['dirPath'],
  saveFile: ['tempFilePath'],
  stat: ['path'],
  truncate: ['filePath'],
  unlink: ['filePath'],
  unzip: ['zipFilePath', 'targetPath'],
  writeFile: ['filePath'],
};

/** The one member of the result that the synchronous form returns; the whole result where there is none. */
const returned: Readonly<Record<string, string>> = {
  fstat: 'stats',
  open: 'fd',
  readdir: 'files',
  readFile: 'data',
  saveFile: 'savedFilePath',
  stat: 'stats',
};

export class Files {
  readonly tree: FileTree;
  private readonly operations: Operations;
  private readonly table: Readonly<Record<string, FileOperation>>;
  private readonly parts: FileParts;
  private asked: Promise<void> | undefined;
  private names = 0;

  constructor(
    private readonly context: Pick<ApiContext, 'bridge' | 'host' | 'reporter'>,
    start: FilesAtStart = { kept: [], packaged: [] },
  ) {
    const { bridge, host } = context;
    const files = host.files ?? memoryFiles();
    this.tree = new FileTree(
      {
        files,
        now: () => host.now(),
        post: (change) => bridge.post(change),
        later: (callback) => host.queueMicrotask(callback),
      },
      start,
    );
    this.parts = { tree: this.tree, files, coder: coderOf(host), newName: () => this.newName() };
    this.operations = new Operations(this.parts);
    this.table = { ...this.operations.table, ...new Descriptors(this.parts, this.operations).table };
    bridge.beforeCall = () => this.tree.flush();
    bridge.onEvent('file.added', (detail) => {
      const { path, data } = detail as { path: unknown; data: unknown };
      if (typeof path === 'string') this.tree.addFromShell(path, data);
    });
    bridge.onEvent('files.packaged', (detail) => this.tree.addPackaged((detail as { files: PackagedFile[] }).files));
  }

  /** What `getFileSystemManager` returns. */
  manager(): Record<string, unknown> {
    void this.packaged();
    const manager: Record<string, unknown> = {};
    for (const [name, run] of Object.entries(this.table)) {
      manager[name] = (options: unknown) => this.start(name, options, (args) => run(args));
    }
    for (const [name, parameters] of Object.entries(synchronous)) {
      manager[`${name}Sync`] = (...values: unknown[]) => this.runSync(name, parameters, values);
    }
    const further: Record<string, (args: Arguments) => unknown> = {
      getFileInfo: (args) => this.fileInfo(args),
      readCompressedFile: (args) => this.readCompressedFile(args),
      readZipEntry: (args) => readZipEntry(this.parts, this.operations, args),
      unzip: (args) => unzip(this.parts, this.operations, args),
    };
    for (const [name, run] of Object.entries(further)) {
      manager[name] = (options: unknown) => this.start(name, options, run);
    }
    // The decoder is too large for every app's worker, and its dictionary can't be fetched while a call waits.
    manager.readCompressedFileSync = () => {
      throw new ApiFailure('readCompressedFileSync:fail not supported on this host: use readCompressedFile');
    };
    return manager;
  }

  /** `wx.saveFile` and its like. */
  apis(): Pick<Implementations, 'calls' | 'syncs'> {
    const manager = this.lazily(() => this.manager());
    const ending =
      (api: string, run: (args: Arguments) => unknown): CallImplementation =>
      (args, settle) =>
        void this.end(api, settle, () => run(args));
    const { getSavedFileList, removeSavedFile } = this.table;
    return {
      syncs: { getFileSystemManager: manager },
      calls: {
        saveFile: ending('saveFile', ({ tempFilePath, filePath }) => ({
          savedFilePath: this.operations.saveFile(tempFilePath, filePath, fileLimits.saved),
        })),
        getFileInfo: ending('getFileInfo', (args) => this.fileInfo(args)),
        getSavedFileInfo: ending('getSavedFileInfo', ({ filePath }) => this.savedInfo(filePath)),
        getSavedFileList: ending('getSavedFileList', (args) => getSavedFileList?.(args)),
        removeSavedFile: ending('removeSavedFile', (args) => removeSavedFile?.(args)),
      },
    };
  }

  private fileInfo({ filePath, digestAlgorithm = 'md5' }: Arguments): Record<string, unknown> {
    const content = this.operations.source(filePath, ` ${filePath}`);
    return { size: content.size, digest: digest(this.parts.files, content, digestAlgorithm) };
  }

  private savedInfo(filePath: unknown): Record<string, unknown> {
    const found = this.tree.saved().find(({ path }) => path === filePath);
    if (found === undefined) throw fileFailures.missing(` ${filePath}`);
    return { size: found.node.content.size, createTime: found.node.created };
  }

  private async readCompressedFile({ filePath, compressionAlgorithm }: Arguments): Promise<Record<string, unknown>> {
    if (compressionAlgorithm !== 'br') throw fileFailures.argument('compressionAlgorithm must be "br"');
    const content = this.operations.source(filePath);
    const data = this.parts.files.read(content, 0, content.size).buffer;
    const { bridge } = this.context;
    return new Promise((resolve, reject) => {
      bridge.call('inflateBrotli', { data }, 0, (result) => {
        if (result.ok) resolve({ data: result.value.data });
        else reject(fileFailures.brotli());
      });
    });
  }

  /** Runs an asynchronous form for an app that calls the manager itself. */
  private start(name: string, options: unknown, run: (args: Arguments) => unknown): Promise<unknown> | undefined {
    const { reporter, host } = this.context;
    const given = typeof options === 'object' && options !== null ? (options as Arguments) : {};
    const { args, settle, result } = prepareEnd(name, given, reporter, (callback) => host.queueMicrotask(callback));
    void this.end(name, settle, () => run(checked(name, args)));
    return result;
  }

  private async end(name: string, settle: Settle, run: () => unknown): Promise<void> {
    try {
      // Without a wait where there is nothing to wait for: operations happen in the order of their calls.
      const value = this.tree.complete ? run() : await this.packaged().then(run);
      const awaited = value instanceof Promise ? await value : value;
      // Where there is nothing to tell, the original tells the number of no error.
      settle(succeed((awaited ?? { errCode: 0 }) as Record<string, unknown>));
    } catch (failure) {
      settle({ ok: false, failure: failureOf(name, failure) });
    }
  }

  private runSync(name: string, parameters: readonly string[] | null, values: readonly unknown[]): unknown {
    const args =
      parameters === null
        ? ((values[0] ?? {}) as Arguments)
        : Object.fromEntries(parameters.map((parameter, index) => [parameter, values[index]]));
    try {
      const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
      const result = this.table[name]?.(checked(name, given));
      const member = returned[name];
      return member === undefined ? result : result?.[member];
    } catch (failure) {
      const { errMsg, ...codes } = failureOf(`${name}Sync`, failure);
      throw Object.assign(new ApiFailure(errMsg), codes);
    }
  }

  /** Asks once for files of the package that were not handed over at the start. */
  private packaged(): Promise<void> {
    if (this.tree.complete) return Promise.resolve();
    this.asked ??= new Promise((resolve) => {
      this.context.bridge.call('readPackageFiles', {}, 0, (result) => {
        if (result.ok) this.tree.addPackaged(result.value.files as PackagedFile[]);
        resolve();
      });
    });
    return this.asked;
  }

  private lazily<T>(make: () => T): () => T {
    let made: T | undefined;
    return () => {
      made ??= make();
      return made;
    };
  }

  private newName(): string {
    this.names += 1;
    const random = Math.floor(Math.random() * 0x1_0000_0000).toString(16);
    return `${this.context.host.now().toString(16)}${this.names.toString(16)}${random.padStart(8, '0')}`;
  }
}

function checked(name: string, args: Arguments): Arguments {
  const wrong = texts[name]?.find((parameter) => typeof args[parameter] !== 'string');
  if (wrong === undefined) return args;
  const given = typeName(args[wrong]);
  throw new FileFailure(`parameter error: parameter.${wrong} should be String instead of ${given};`, 1001);
}

function coderOf(host: LogicHost): FileParts['coder'] {
  return { decodeText: (bytes) => host.decodeText(bytes), encodeText: (text) => host.encodeText(text) };
}

function failureOf(name: string, failure: unknown): { errMsg: string; errno?: number; errCode?: number } {
  const reason = failure instanceof Error ? failure.message : String(failure);
  const codes = failure instanceof FileFailure ? { errno: failure.errno, errCode: failure.errno } : {};
  return { errMsg: `${name}:fail ${reason}`, ...codes };
}
