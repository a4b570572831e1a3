/**
 * Finds where in the package an error happened. A code package's modules are joined into one script, each ending in
 * a newline, so a line of the script belongs to the module whose lines it falls into.
 */
import type { SourcePosition } from '../../protocol/bridge-port';

interface Span {
  file: string;
  /** First line in the joined script, from 1. */
  start: number;
  lines: number;
}

const frame = /(blob:[^\s()]+?|mezze-package:[^\s():]+):(\d+):(\d+)/;

export class Positions {
  private readonly scripts = new Map<string, Span[]>();

  /** Tells which files a script was joined from, in order. */
  register(url: string, files: readonly { file: string; lines: number }[]): void {
    let start = 1;
    const spans = files.map(({ file, lines }) => {
      const span = { file, start, lines };
      start += lines;
      return span;
    });
    this.scripts.set(url, spans);
  }

  locate(url: string, line: number, column: number): SourcePosition | undefined {
    const span = this.scripts.get(url)?.findLast((candidate) => candidate.start <= line);
    if (span === undefined || line >= span.start + span.lines) return undefined;
    return { file: span.file, line: line - span.start + 1, column };
  }

  /** The topmost frame of a stack that lies in the app's own code. */
  first(stack: string): SourcePosition | undefined {
    for (const line of stack.split('\n')) {
      const position = this.ofLine(line);
      if (position !== undefined) return position;
    }
    return undefined;
  }

  /** The stack with package positions in place of those in joined scripts, the runtime's own frames left out. */
  translate(stack: string): string {
    const kept: string[] = [];
    for (const line of stack.split('\n')) {
      const position = this.ofLine(line);
      if (position !== undefined) {
        kept.push(line.replace(frame, `${position.file}:${position.line}:${position.column}`));
      } else if (!frame.test(line)) kept.push(line);
    }
    return kept.join('\n');
  }

  private ofLine(line: string): SourcePosition | undefined {
    const match = frame.exec(line);
    return match === null ? undefined : this.locate(match[1] ?? '', Number(match[2]), Number(match[3]));
  }
}
