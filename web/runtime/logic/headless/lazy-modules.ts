/**
 * A joined script of a code package taken apart again, so that only the modules that are required are compiled: most of
 * a large package is of no use to the one page that a visit opens, and here every page compiles for itself.
 *
 * A module is compiled at the line that it has in the joined script, under the same name, so that positions in stack
 * traces are what they were.
 */
import type { Factory } from '../modules/loader';
import type { Native } from './native';

/** How the compiler begins each module (docs/architecture/package-layout.md). */
const start = '__mezze__.module("';

interface Entry {
  module(path: string, factory: Factory): void;
}

/** Defines the modules of a joined script; answers false where it holds something else, which has to be run whole. */
export function defineLazily(name: string, text: string, native: Native): boolean {
  const lines = text.split('\n');
  if (lines[0]?.startsWith(start) !== true) return false;
  const scope = globalThis as unknown as { __mezze__: Entry };
  const entry = scope.__mezze__;
  const starts: number[] = [];
  lines.forEach((line, index) => {
    if (line.startsWith(start)) starts.push(index);
  });
  starts.forEach((first, index) => {
    const line = lines[first] ?? '';
    const path = line.slice(start.length, line.indexOf('"', start.length));
    const compile = () => `${'\n'.repeat(first)}${lines.slice(first, starts[index + 1]).join('\n')}\n`;
    entry.module(path, (require, module, exports, appScope) => {
      let factory: Factory | undefined;
      scope.__mezze__ = {
        module: (_path, own) => {
          factory ??= own;
        },
      };
      try {
        native.runText(name, compile());
      } finally {
        scope.__mezze__ = entry;
      }
      factory?.(require, module, exports, appScope);
    });
  });
  return true;
}
