/**
 * The logic runtime for QuickJS, `headless/logic.js` of the build: one script whose `mezze_headless.boot` the headless
 * host calls (crates/mezze-host embeds the folder). It is no part of what the shell serves.
 */
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { bundle } from './runtime-bundles';

const entry = resolve(import.meta.dirname, '../runtime/logic/headless/main.ts');

export function headlessRuntime(): Plugin {
  return {
    name: 'mezze-headless-runtime',
    apply: 'build',
    async generateBundle() {
      const { code } = await bundle(entry, 'headless', false);
      this.emitFile({ type: 'asset', fileName: 'headless/logic.js', source: code });
    },
  };
}
