/**
 * The peer, dimina, built beside the project. `MEZZE_PEER_DIMINA` names its `fe` folder after `pnpm install` and
 * `pnpm build`; `MEZZE_PEER_NODE` the Node.js that runs its compiler (it asks for 22; default: this one).
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.webp': 'image/webp', '.svg': 'image/svg+xml' };

/** The peer's folder, or undefined where there is none. */
export function peerFolder() {
  const folder = process.env.MEZZE_PEER_DIMINA;
  if (!folder) return undefined;
  if (!existsSync(join(folder, 'packages/compiler/src/bin/index.js'))) throw new Error(`MEZZE_PEER_DIMINA=${folder} is not the fe folder of dimina`);
  return folder;
}

export const peerNode = () => process.env.MEZZE_PEER_NODE ?? process.execPath;

/** The compiler's command line: its published form where it was built, else its source. */
export function peerCompiler(folder) {
  const built = join(folder, 'packages/compiler/dist/bin/index.js');
  return existsSync(built) ? built : join(folder, 'packages/compiler/src/bin/index.js');
}

/** Compiles an app into `target/APPID`; gives the app id. */
export async function peerCompile(folder, project, target) {
  await run(peerNode(), [peerCompiler(folder), 'build', '-c', project, '-s', target], { maxBuffer: 1 << 26 });
  const [appId] = await readdir(target);
  if (!appId) throw new Error(`dimina wrote nothing for ${project}`);
  return appId;
}

/** Serves the peer's web host with one compiled app. Gives its address and a function that stops it. */
export async function servePeer(folder, project) {
  const root = await mkdtemp(join(tmpdir(), 'mezze-peer-'));
  const compiled = await mkdtemp(join(tmpdir(), 'mezze-peer-app-'));
  const appId = await peerCompile(folder, project, compiled);
  await cp(join(folder, 'packages/container/dist'), root, { recursive: true });
  await cp(compiled, root, { recursive: true });
  const { app } = JSON.parse(await readFile(join(compiled, appId, 'main/app-config.json'), 'utf8'));
  const firstPage = app.entryPagePath ?? app.pages[0];
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://peer').pathname));
    try {
      const body = await readFile(join(root, path === '/' ? 'index.html' : path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? (path === '/' ? 'text/html' : 'application/octet-stream') }).end(body);
    } catch {
      if (path === '/appList.json') response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([{ appId, name: appId, path: firstPage }]));
      else response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([root, compiled].map((path) => rm(path, { recursive: true, force: true })));
  };
  return { address: `http://localhost:${server.address().port}`, appId, stop };
}
