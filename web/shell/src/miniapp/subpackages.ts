/** The parts of a running app's package: which are here, and the fetching of those that are not. */
import type { PackagedFile } from '../../../runtime/protocol';
import type { OpenedPackage, PartProgress } from '../package/opened';
import type { MiniApp } from './mini-app';
import { networkStatus } from './network';
import type { PageFactory } from './page-factory';
import { packageRoot, preloadRoots } from './preload';

export class Subpackages {
  /** How many are on their way that something waits for. */
  fetching = 0;
  factory!: PageFactory;

  constructor(private readonly app: MiniApp) {}

  /** Contents of the package's own files, for an app that turns out to read them. */
  files(): Promise<PackagedFile[]> {
    return this.factory.packagedFiles.contents();
  }

  /** Gives logic a code package that it does not have yet. */
  load(root: string): Promise<void> {
    return this.factory.loadPackage(root);
  }

  /** Fetches a code package before it is needed, by its root or name. */
  async fetch(wanted: string, progress?: PartProgress): Promise<boolean> {
    const root = packageRoot(this.app.config.packages, wanted);
    if (root === undefined) return false;
    await this.factory.fetchPackage(root, progress);
    return true;
  }

  /** Fetches every one that is not here. */
  async fetchAll(): Promise<void> {
    const opened = this.app.release?.package;
    if (opened === undefined) return;
    for (const { root } of this.app.config.packages) await opened.ensure(root);
  }

  /** Says so while one is on its way. */
  async whileFetching<T>(root: string, opened: OpenedPackage, work: () => Promise<T>): Promise<T> {
    if (this.app.phase !== 'running' || (await opened.holds(root))) return work();
    this.fetching += 1;
    this.app.changed();
    try {
      return await work();
    } finally {
      this.fetching -= 1;
      this.app.changed();
    }
  }

  /** Fetches what `preloadRule` names for a page that was opened. */
  preload(path: string): void {
    if (this.app.phase !== 'running') return;
    for (const root of preloadRoots(this.app.config, path, networkStatus().networkType)) {
      this.factory.fetchPackage(root).catch((failure: unknown) => {
        this.app.consoleLine('logic', 'warn', `preloadRule: "${root}" was not fetched: ${String(failure)}`);
      });
    }
  }
}
