/**
 * Builds `service-worker.js` last, with the list of the shell's files that it keeps and a version of their bytes.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const shell = resolve(import.meta.dirname, '../shell');
/** Read by the server or the headless host, not by the page. */
const notCached = new Set(['csp.json', 'headless/logic.js']);
/** Pages of their own, which need the platform anyway. */
const ofTheConsole = 'console/';
/** Large, and not needed by every user: kept when they are first used. */
const keptLater = /^assets\/runtime-(map|editor)-/;

export function serviceWorker(): Plugin {
  return {
    name: 'mezze-service-worker',
    enforce: 'post',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const hash = createHash('sha256');
      const paths: string[] = [];
      const later: string[] = [];
      for (const [path, content] of [...builtFiles(bundle), ...publicFiles()].sort(([a], [b]) => (a < b ? -1 : 1))) {
        hash.update(path).update('\0').update(content);
        // The page itself is kept as `/`: every address of the shell answers with it.
        if (keptLater.test(path)) later.push(`/${path}`);
        else paths.push(path === 'index.html' ? '/' : `/${path}`);
      }
      const version = hash.digest('hex').slice(0, 16);
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: await compile(version, paths, later) });
    },
  };
}

type Bundle = Record<string, { type: 'asset'; source: string | Uint8Array } | { type: 'chunk'; code: string }>;

function builtFiles(bundle: Bundle): [string, string | Uint8Array][] {
  return Object.entries(bundle)
    .filter(([path]) => !notCached.has(path) && !path.startsWith(ofTheConsole) && !path.endsWith('.map'))
    .map(([path, file]) => [path, file.type === 'chunk' ? file.code : file.source]);
}

function publicFiles(): [string, Uint8Array][] {
  const folder = join(shell, 'public');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(folder, file), readFileSync(file)]);
}

async function compile(version: string, paths: string[], later: string[]): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: shell,
    publicDir: false,
    define: {
      SHELL_VERSION: JSON.stringify(version),
      SHELL_FILES: JSON.stringify(paths),
      SHELL_FILES_LATER: JSON.stringify(later),
    },
    build: {
      write: false,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: join(shell, 'service-worker/main.ts'), formats: ['iife'], name: 'mezzeServiceWorker' },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  const chunk =
    output !== undefined && 'output' in output ? output.output.find((file) => file.type === 'chunk') : undefined;
  if (chunk === undefined) throw new Error('the service worker was not built');
  return chunk.code;
}
