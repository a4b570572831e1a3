/**
 * The web console as `console/index.html` and `console/assets/` of the build. It is built apart from the shell, so that
 * neither's first load carries anything of the other's.
 */
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '../console');

export function webConsole(): Plugin {
  return {
    name: 'mezze-console',
    apply: 'build',
    async generateBundle() {
      const result = await build({
        configFile: false,
        logLevel: 'warn',
        root,
        base: '/console/',
        publicDir: false,
        build: {
          write: false,
          target: 'es2022',
          modulePreload: false,
          reportCompressedSize: false,
          assetsInlineLimit: 0,
        },
      });
      const output = Array.isArray(result) ? result[0] : result;
      if (output === undefined || !('output' in output)) throw new Error('the console was not built');
      for (const file of output.output) {
        const source = file.type === 'chunk' ? file.code : file.source;
        this.emitFile({ type: 'asset', fileName: `console/${file.fileName}`, source });
        if (file.type === 'chunk' && this.meta.watchMode) {
          for (const module of file.moduleIds) if (!module.startsWith('\0')) this.addWatchFile(module);
        }
      }
    },
  };
}
