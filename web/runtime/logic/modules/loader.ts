/**
 * CommonJS for the app's modules, which arrive joined into one script a code package, each calling
 * `__mezze__.module(path, factory)`. A module that requires one that is still loading gets what that one has
 * exported so far. The names it gets from `$` are explained in docs/architecture/package-layout.md.
 */
import { resolvePath } from '../support/paths';

export interface ModuleObject {
  exports: unknown;
}

export interface Require {
  (path: string, callback?: (exports: unknown) => void, failed?: (reason: unknown) => void): unknown;
  async(path: string): Promise<unknown>;
}

export type Factory = (require: Require, module: ModuleObject, exports: unknown, scope: object) => void;

export interface LoaderHooks {
  /** The object that modules get their `wx`, `App`, `Page`, … from. */
  scope: object;
  /** That of a module in a space of its own (a plugin's), where it is in one. */
  scopeOf?(module: string): object | undefined;
  /** Loads the code package that holds the module, where that has not happened. */
  loadPackageOf(module: string): Promise<void>;
  /** Called around the run of every module, with its path. */
  around(module: string, run: () => void): void;
}

interface Entry {
  factory: Factory;
  /** Undefined until the module is required for the first time. */
  object: ModuleObject | undefined;
}

export class ModuleLoader {
  private readonly modules = new Map<string, Entry>();

  constructor(private readonly hooks: LoaderHooks) {}

  /** Called by each module of a joined script. */
  define(path: string, factory: Factory): void {
    if (!this.modules.has(path)) this.modules.set(path, { factory, object: undefined });
  }

  has(path: string): boolean {
    return this.modules.has(path);
  }

  /** Runs a module on its first use and returns its exports. `from` is the module that asks. */
  require(specifier: string, from = ''): unknown {
    const path = this.resolve(specifier, from);
    const entry = path === undefined ? undefined : this.modules.get(path);
    if (path === undefined || entry === undefined) {
      const asker = from === '' ? '' : ` (required by "${from}")`;
      throw new Error(`module "${specifier}" is not defined${asker}: no such script in the loaded code packages`);
    }
    if (entry.object !== undefined) return entry.object.exports;
    const object: ModuleObject = { exports: {} };
    entry.object = object;
    try {
      const { factory } = entry;
      const scope = this.hooks.scopeOf?.(path) ?? this.hooks.scope;
      this.hooks.around(path, () => factory(this.requireFor(path), object, object.exports, scope));
    } catch (error) {
      // As in Node, a module that failed is run again when it is asked for again.
      entry.object = undefined;
      throw error;
    }
    return object.exports;
  }

  private requireFor(from: string): Require {
    const require = ((path, callback, failed) => {
      if (callback === undefined) return this.require(path, from);
      this.load(path, from).then(callback, failed);
      return undefined;
    }) as Require;
    require.async = (path) => this.load(path, from);
    return require;
  }

  private async load(specifier: string, from: string): Promise<unknown> {
    if (this.resolve(specifier, from) === undefined) {
      await this.hooks.loadPackageOf(specifier.replace(/^\//, ''));
    }
    return this.require(specifier, from);
  }

  /** The compiler has resolved what it could read; names put together at run time are resolved here. */
  private resolve(specifier: string, from: string): string | undefined {
    if (this.modules.has(specifier)) return specifier;
    const relative = /^\.{0,2}\//.test(specifier);
    const path = resolvePath(relative ? from : '', specifier);
    return [path, `${path}.js`, `${path}/index.js`].find((candidate) => this.modules.has(candidate));
  }
}
