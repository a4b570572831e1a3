/**
 * Rules for a path in a package (W3C MiniApp Packaging, docs/architecture/signing.md). The case-folding rule is left
 * to the platform, whose countersignature is checked: nothing is extracted to a file system here.
 */
import { utf8 } from './bytes';
import { refuse } from './refusal';

const longestSegment = 255;
const longestPath = 65_535;

/** What is wrong with the path, or undefined. */
export function faultOfPath(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (utf8(path).length > longestPath) return 'is too long';
  for (const segment of path.split('/')) {
    if (segment === '') return 'has an empty segment';
    if (segment === '.' || segment === '..') return 'has a dot segment';
    if (segment.endsWith('.')) return 'has a segment that ends in a full stop';
    if (utf8(segment).length > longestSegment) return 'has a segment over 255 bytes';
  }
  for (const character of path) {
    const point = character.codePointAt(0) ?? 0;
    if (isForbidden(point)) return `has the forbidden character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return undefined;
}

const forbiddenCharacters = new Set(Array.from('"*:<>|\\', (character) => character.charCodeAt(0)));

const forbiddenRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfdd0, 0xfdef],
  [0xfff0, 0xffff],
  [0xe0001, 0xe0001],
  [0xe007f, 0xe007f],
  [0xf0000, 0x10ffff],
];

function isForbidden(point: number): boolean {
  if (forbiddenCharacters.has(point) || (point & 0xfffe) === 0xfffe) return true;
  return forbiddenRanges.some(([first, last]) => point >= first && point <= last);
}

/** Paths that are used both as a file and as a folder. */
function clashOfPaths(paths: readonly string[]): string | undefined {
  const files = new Set(paths);
  for (const path of paths) {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (files.has(path.slice(0, slash))) return path.slice(0, slash);
    }
  }
  return undefined;
}

/** Refuses paths that clash: of all files of a package, as they are listed. */
export function checkClashes(paths: readonly string[]): void {
  if (new Set(paths).size !== paths.length) refuse('name', 'two files have the same path');
  const clash = clashOfPaths(paths);
  if (clash !== undefined) refuse('name', `${clash} is both a file and a folder`);
}
