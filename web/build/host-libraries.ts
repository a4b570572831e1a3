/**
 * Component libraries that the original host brings along (`useExtendedLib` of app.json), taken from npm into
 * `web/libraries/node_modules`: the command line carries them and compiles apps against them.
 */
import { cp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const folder = resolve(import.meta.dirname, '../libraries');
const libraries = ['weui-miniprogram'];

export function hostLibraries(): Plugin {
  return {
    name: 'mezze-host-libraries',
    apply: 'build',
    async closeBundle() {
      await rm(folder, { recursive: true, force: true });
      for (const name of libraries) {
        const found = createRequire(import.meta.url).resolve(`${name}/package.json`);
        await cp(dirname(found), join(folder, 'node_modules', name), { recursive: true });
      }
    },
  };
}
