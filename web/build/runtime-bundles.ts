/**
 * The two runtime bundles as assets of the shell.
 *
 * `import url from 'mezze:runtime/logic'` gives the URL of `runtime/logic/main.ts`, built as one IIFE; the shell
 * fetches its text and hands it to frames as a Blob. A frame has an opaque origin and may not load it by URL.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const prefix = 'mezze:runtime/';
const folder = resolve(import.meta.dirname, '../runtime');

export function runtimeBundles(): Plugin {
  return {
    name: 'mezze-runtime-bundles',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const part = id.slice(prefix.length + 1);
      const entry = resolve(folder, part, 'main.ts');
      if (!existsSync(entry)) this.error(`the runtime's ${part} bundle has no entry: ${entry} is missing`);
      const { code, modules } = await bundle(entry, part, this.meta.watchMode);
      for (const module of modules) this.addWatchFile(module);
      const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
      const fileName = `assets/runtime-${part}-${hash}.js`;
      this.emitFile({ type: 'asset', fileName, source: code });
      return `export default ${JSON.stringify(`/${fileName}`)};`;
    },
  };
}

export async function bundle(
  entry: string,
  part: string,
  watch: boolean,
): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    publicDir: false,
    // Dependencies such as glass-easel pick their production build by this.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      minify: !process.env.MEZZE_READABLE,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      reportCompressedSize: false,
      lib: { entry, formats: ['iife'], name: `mezze_${part}`, fileName: part },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  if (output === undefined || !('output' in output)) throw new Error(`the runtime's ${part} bundle was not written`);
  const chunk = output.output.find((file) => file.type === 'chunk');
  if (chunk === undefined) throw new Error(`the runtime's ${part} bundle is empty`);
  return { code: chunk.code, modules: watch ? chunk.moduleIds.filter((file) => !file.startsWith('\0')) : [] };
}
