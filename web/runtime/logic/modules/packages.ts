/** Code packages: runs the joined scripts that the shell sends, and asks for those that are not there yet. */
import type { AppConfig, CodePackage } from '../../protocol/config';
import type { LogicHost } from '../boot/host';
import type { Bridge } from '../bridge/bridge';
import type { Marks } from '../support/marks';
import type { Reporter } from '../support/reporter';
import type { Positions } from './positions';

interface JoinedFile {
  file: string;
  lines: number;
}

export class Packages {
  private readonly loaded = new Set<string>();
  private readonly scripts = new Map<string, Blob>();
  private readonly loading = new Map<string, Promise<void>>();

  constructor(
    private readonly config: AppConfig,
    private readonly parts: { host: LogicHost; bridge: Bridge; positions: Positions; reporter: Reporter; marks: Marks },
  ) {}

  /** Runs a package's modules and templates; they define themselves, nothing of the app runs yet. */
  run(root: string, scripts: Blob, templates: Blob): void {
    const description = this.config.packages.find((candidate) => candidate.root === root);
    if (description === undefined || this.loaded.has(root)) return;
    this.loaded.add(root);
    this.scripts.set(root, scripts);
    const began = this.parts.marks.time();
    this.runScript(scripts, description.scripts);
    this.runScript(templates, description.templates);
    this.parts.marks.add('evaluateScript', 'script', began, { moduleName: root });
  }

  private runScript(script: Blob, files: readonly JoinedFile[]): void {
    if (script.size === 0) return;
    const { host, positions } = this.parts;
    try {
      positions.register(host.runScript(script), files);
    } catch (error) {
      // One file that does not parse would take all others with it: then each is run for itself.
      if (!(error instanceof SyntaxError) || files.length < 2) throw error;
      this.runEach(script, files);
    }
  }

  private runEach(script: Blob, files: readonly JoinedFile[]): void {
    const { host, positions, reporter } = this.parts;
    let start = 0;
    for (const file of files) {
      const range = { start, lines: file.lines };
      start += file.lines;
      try {
        positions.register(host.runScript(host.partOfScript(script, [range])), [file]);
      } catch (error) {
        reporter.error(error, file.file);
      }
    }
  }

  /** The scripts of the folder that a module is in, joined again, for a worker of the app's own. */
  scriptsBeside(module: string): { scripts: Blob; files: CodePackage['scripts'] } | undefined {
    const description = this.packageOf(module);
    const joined = description && this.scripts.get(description.root);
    if (description === undefined || joined === undefined) return undefined;
    const folder = module.slice(0, module.indexOf('/') + 1);
    const own: { start: number; lines: number }[] = [];
    let start = 0;
    for (const script of description.scripts) {
      if (script.module.startsWith(folder)) own.push({ start, lines: script.lines });
      start += script.lines;
    }
    const files = description.scripts.filter((script) => script.module.startsWith(folder));
    return { scripts: this.parts.host.partOfScript(joined, own), files };
  }

  /** Loads the package that holds a module. */
  async load(module: string): Promise<void> {
    const description = this.packageOf(module);
    if (description === undefined) throw new Error(`module "${module}" is in none of the app's code packages`);
    const { root } = description;
    if (this.loaded.has(root)) return;
    const running = this.loading.get(root) ?? this.ask(root);
    this.loading.set(root, running);
    try {
      await running;
    } finally {
      this.loading.delete(root);
    }
  }

  private ask(root: string): Promise<void> {
    return new Promise((resolve, reject) => {
      // The shell posts the `package` message before this result.
      this.parts.bridge.call('loadSubpackage', { root }, 0, (result) => {
        if (result.ok && this.loaded.has(root)) resolve();
        else
          reject(new Error(result.ok ? `loadSubpackage:fail package "${root}" did not arrive` : result.failure.errMsg));
      });
    });
  }

  private packageOf(module: string): CodePackage | undefined {
    const name = module.endsWith('.js') ? module : `${module}.js`;
    return this.config.packages.find((candidate) => candidate.scripts.some((script) => script.module === name));
  }
}
