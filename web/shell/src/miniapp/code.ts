/** Joins the modules of a code package into the two Blobs that logic loads. */
import type { CodePackage } from '../../../runtime/protocol';
import type { Bytes } from '../package/bytes';
import type { OpenedPackage } from '../package/opened';

export interface CodeBlobs {
  scripts: Blob;
  templates: Blob;
  /** Whether a module names the file system, so that the package's files have to be there before it runs. */
  readsFiles: boolean;
}

const javascript = { type: 'text/javascript' };
const newline = 10;

export async function codeBlobs(opened: OpenedPackage, code: CodePackage): Promise<CodeBlobs> {
  const scripts = code.scripts.map(({ file }) => file);
  const templates = code.templates.map(({ file }) => file);
  const contents = await opened.read([...scripts, ...templates]);
  return {
    scripts: new Blob(withNewlines(contents.slice(0, scripts.length)), javascript),
    templates: new Blob(withNewlines(contents.slice(scripts.length)), javascript),
    readsFiles: contents.slice(0, scripts.length).some(namesFileSystem),
  };
}

/** Byte for byte, so that no module is decoded as text for it. */
const latin = new TextDecoder('latin1');

function namesFileSystem(content: Bytes): boolean {
  return latin.decode(content).includes('getFileSystemManager');
}

/** Positions are mapped back by counting lines, so every file has to end with one. */
function withNewlines(contents: readonly Bytes[]): BlobPart[] {
  return contents.flatMap((content) => (content.at(-1) === newline ? [content] : [content, '\n']));
}
