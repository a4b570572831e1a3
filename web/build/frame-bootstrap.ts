/**
 * The one inline script, which starts every frame, and its hash.
 *
 * `import { script, hash } from 'mezze:frame-bootstrap'` gives the text for a frame's `srcdoc` and the CSP source
 * for its policy. The same hash is written to `csp.json`, since a frame inherits the header of the shell's page:
 * `{"scriptHashes": ["sha256-…"]}`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const id = 'mezze:frame-bootstrap';
const source = resolve(import.meta.dirname, '../shell/frame/bootstrap.js');

export function frameBootstrap(): Plugin {
  return {
    name: 'mezze-frame-bootstrap',
    resolveId: (requested) => (requested === id ? `\0${id}` : undefined),
    async load(requested) {
      if (requested !== `\0${id}`) return undefined;
      this.addWatchFile(source);
      const script = await compact(readFileSync(source, 'utf8'));
      const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
      this.emitFile({ type: 'asset', fileName: 'csp.json', source: `${JSON.stringify({ scriptHashes: [hash] })}\n` });
      return `export const script = ${JSON.stringify(script)}; export const hash = ${JSON.stringify(hash)};`;
    },
  };
}

/** Drops comments and indentation, so that every frame parses a few hundred bytes less. */
async function compact(text: string): Promise<string> {
  const { code } = await transformWithOxc(text, 'bootstrap.js', { sourcemap: false });
  return code
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');
}
