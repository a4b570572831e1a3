/** A package that may be run: freshly verified, or kept on this device, with or without all of its subpackages. */
import type { Bytes } from './bytes';
import { keepContentsWithRoom } from './keep';
import type { Lineage } from './lineage';
import { contentsOf, type FetchPart, rootOf, rootsOf } from './parts';
import { refuse } from './refusal';
import type { TrustedSigners } from './signing';
import { findFiles, findPackage, keptDigests, placeOf, type ReleaseFacts, type StoredPackage } from './store';
import type { PackageFile, VerifiedPackage } from './verify';

const manifestPath = 'manifest.json';

/** Bytes that came, and bytes in all. */
export type PartProgress = (received: number, total: number) => void;

export interface OpenedPackage {
  readonly appId: string;
  readonly version: string;
  readonly digest: string;
  readonly signers: TrustedSigners;
  /** Keys that vouched for the developer's, unchecked. */
  readonly lineage: Lineage;
  /** When the platform countersigned it, seconds since 1970. */
  readonly countersigned: number;
  readonly development: boolean;
  /** A version for testers. */
  readonly trial: boolean;
  readonly size: number;
  readonly list: readonly PackageFile[];
  has(path: string): boolean;
  /** Reads several files at once; fetches their subpackage where it is not here. A path that is not in the package is refused. */
  read(paths: readonly string[]): Promise<Bytes[]>;
  /** Whether everything of a subpackage is here; the main package's root is empty. */
  holds(root: string): Promise<boolean>;
  /** Roots of the parts of which everything is here. */
  holdings(): Promise<string[]>;
  /** Whether all of it is kept on the device, so that it opens without a network. */
  isOnDevice(): Promise<boolean>;
  /** The files of what is here. */
  held(): Promise<PackageFile[]>;
  /** Fetches a subpackage that is not here. */
  ensure(root: string, progress?: PartProgress): Promise<void>;
}

/** `fetchPart` gets what is not here; without it the package is refused where something is missing. */
export function openVerified(verified: VerifiedPackage, facts: ReleaseFacts, fetchPart?: FetchPart): OpenedPackage {
  return new Package(verified, facts, new Map(verified.content), fetchPart);
}

export function openStored(stored: StoredPackage, fetchPart?: FetchPart): OpenedPackage {
  return new Package(stored, stored, new Map(), fetchPart);
}

class Package implements OpenedPackage {
  readonly appId: string;
  readonly version: string;
  readonly digest: string;
  readonly signers: TrustedSigners;
  readonly lineage: Lineage;
  readonly countersigned: number;
  readonly development: boolean;
  readonly trial: boolean;
  readonly size: number;
  readonly list: readonly PackageFile[];
  readonly #files: ReadonlyMap<string, PackageFile>;
  readonly #fetching = new Map<string, { running: Promise<void>; listeners: Set<PartProgress> }>();
  #roots: Promise<readonly string[]> | undefined;

  constructor(
    release: Pick<StoredPackage, 'appId' | 'version' | 'digest' | 'list' | 'signed'>,
    { signers, lineage, development, trial }: ReleaseFacts,
    /** Contents in memory, by path: they count before those on the device. */
    private readonly content: Map<string, Bytes>,
    private readonly fetchPart: FetchPart | undefined,
  ) {
    const { appId, version, digest, list, signed } = release;
    this.appId = appId;
    this.version = version;
    this.digest = digest;
    this.signers = signers;
    this.lineage = lineage ?? [];
    this.development = development;
    this.trial = trial;
    this.list = list;
    this.countersigned = signed.find(({ statement }) => statement.role === 'platform')?.statement.created ?? 0;
    this.size = list.reduce((total, file) => total + file.size, 0);
    this.#files = new Map(list.map((file) => [file.path, file]));
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  async read(paths: readonly string[]): Promise<Bytes[]> {
    const files = paths.map((path) => this.#files.get(path) ?? missing(path));
    let found = await this.#find(files);
    const lacking = files.filter((_, index) => found[index] === undefined);
    if (lacking.length > 0) {
      if (lacking.some(({ path }) => path === manifestPath)) refuse('store', 'manifest.json is missing on this device');
      const roots = await this.#readRoots();
      await Promise.all([...new Set(lacking.map(({ path }) => rootOf(path, roots)))].map((root) => this.#fetch(root)));
      found = await this.#find(files);
    }
    return found.map((bytes, index) => bytes ?? missing(paths[index] ?? ''));
  }

  async holds(root: string): Promise<boolean> {
    return (await this.#absent(root)).length === 0;
  }

  async holdings(): Promise<string[]> {
    const [roots, held] = await Promise.all([this.#readRoots(), this.held()]);
    const here = new Set(held.map(({ path }) => path));
    const incomplete = new Set(this.list.filter(({ path }) => !here.has(path)).map(({ path }) => rootOf(path, roots)));
    return ['', ...roots].filter((root) => !incomplete.has(root));
  }

  async isOnDevice(): Promise<boolean> {
    const places = [placeOf(this.appId, undefined), placeOf(this.appId, this.version)];
    const [here, ...records] = await Promise.all([keptDigests(), ...places.map(findPackage)]);
    const isKept = records.some((record) => record?.digest === this.digest);
    return isKept && this.list.every(({ digest }) => here.has(digest));
  }

  async held(): Promise<PackageFile[]> {
    const here = await keptDigests();
    return this.list.filter(({ path, digest }) => this.content.has(path) || here.has(digest));
  }

  async ensure(root: string, progress?: PartProgress): Promise<void> {
    if (!(await this.holds(root))) await this.#fetch(root, progress);
  }

  async #find(files: readonly PackageFile[]): Promise<(Bytes | undefined)[]> {
    const away = files.filter(({ path }) => !this.content.has(path));
    const stored = away.length === 0 ? [] : await findFiles(away);
    const read = new Map(away.map((file, index) => [file.path, stored[index]]));
    return files.map(({ path }) => this.content.get(path) ?? read.get(path));
  }

  async #absent(root: string): Promise<PackageFile[]> {
    const [roots, held] = await Promise.all([this.#readRoots(), this.held()]);
    const here = new Set(held.map(({ path }) => path));
    return this.list.filter(({ path }) => !here.has(path) && rootOf(path, roots) === root);
  }

  #readRoots(): Promise<readonly string[]> {
    this.#roots ??= this.read([manifestPath]).then(([manifest]) =>
      manifest === undefined ? missing(manifestPath) : rootsOf(manifest),
    );
    return this.#roots;
  }

  /** Once for each subpackage, however many wait for it. */
  async #fetch(root: string, progress?: PartProgress): Promise<void> {
    const known = this.#fetching.get(root);
    if (known !== undefined) {
      if (progress !== undefined) known.listeners.add(progress);
      return known.running;
    }
    const listeners = new Set<PartProgress>(progress === undefined ? [] : [progress]);
    const running = this.#carryOut(root, (received, total) => {
      for (const listener of listeners) listener(received, total);
    });
    this.#fetching.set(root, { running, listeners });
    return running.finally(() => this.#fetching.delete(root));
  }

  async #carryOut(root: string, progress: PartProgress): Promise<void> {
    const { fetchPart } = this;
    if (fetchPart === undefined) return refuse('store', `what is in "${root}" is missing on this device`);
    const part = await fetchPart(root, progress);
    const contents = await contentsOf(part, await this.#absent(root));
    try {
      await keepContentsWithRoom(this.appId, this.list, contents);
    } catch (failure) {
      // A device without room still runs what it just fetched.
      console.warn(`the subpackage "${root}" of ${this.appId} was not kept: ${String(failure)}`);
    }
    for (const [path, bytes] of contents) this.content.set(path, bytes);
  }
}

function missing(path: string): never {
  return refuse('content', `${path} is not in the package`);
}
