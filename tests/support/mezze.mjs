/**
 * Starts and stops the real `mezze` for tests and benchmarks: a platform over a temporary data folder, with
 * packages built, signed and published by the same binary. Everything it writes is below one folder.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The repository's root, with a slash at the end. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The binary: MEZZE (or MEZZE_BIN), else the one that cargo built last.
 * @param {'debug' | 'release'} [profile]
 * @returns {string}
 */
export function binary(profile = 'debug') {
  const named = process.env.MEZZE ?? process.env.MEZZE_BIN;
  if (named) return named;
  const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target');
  const found = join(target, profile, 'mezze');
  if (!existsSync(found)) {
    throw new Error(`no mezze at ${found}; run \`cargo build -p mezze-cli${profile === 'release' ? ' --release' : ''}\` or set MEZZE`);
  }
  return found;
}

/**
 * A folder for keys, caches and data, and the commands that use it.
 * @param {{ profile?: 'debug' | 'release' }} [options]
 */
export async function workshop({ profile = 'debug' } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'mezze-test-'));
  const program = binary(profile);
  const environment = { ...process.env, MEZZE_HOME: home, MEZZE_LOG: process.env.MEZZE_LOG ?? 'warn' };

  /** @param {string[]} parameters */
  const mezze = async (...parameters) => (await run(program, parameters, { env: environment, maxBuffer: 1 << 26 })).stdout;

  /**
   * Starts a command that stays, and waits for its first line of JSON, which is `ready` or says why it is not.
   * @param {string[]} parameters
   */
  const start = async (...parameters) => {
    const child = spawn(program, parameters, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {string[]} */
    const log = [];
    /** @type {Record<string, unknown>[]} */
    const events = [];
    createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
    const lines = createInterface({ input: child.stdout });
    /** @type {Promise<Record<string, unknown>>} */
    const ready = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`mezze ${parameters[0]} was not ready after 60 s:\n${log.join('\n')}`)), 60_000);
      lines.on('line', (line) => {
        try {
          events.push(JSON.parse(line));
        } catch {
          log.push(`not JSON: ${line}`);
          return;
        }
        clearTimeout(timer);
        if (events[0]?.event === 'ready') resolve(events[0]);
        else reject(new Error(`mezze ${parameters.join(' ')} did not start: ${line}`));
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`mezze ${parameters.join(' ')} ended with ${code}:\n${log.join('\n')}`));
      });
    });
    const stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
    };
    try {
      return { ready: await ready, events, log, stop, pid: child.pid };
    } catch (failure) {
      await stop();
      throw failure;
    }
  };

  /**
   * Starts a platform; gives its address without a slash at the end.
   * @param {{ listen?: string, data?: string, more?: string[] }} [options]
   */
  const serve = async ({ listen = '127.0.0.1:0', data = join(home, 'platform'), more = [] } = {}) => {
    const running = await start('serve', '--data', data, '--listen', listen, '--json', ...more);
    const address = String(running.ready.url).replace(/\/$/, '');
    const tokenFile = String(running.ready.token_file);
    return { address, tokenFile, data, log: running.log, stop: running.stop, pid: running.pid };
  };

  /**
   * Builds and signs a project; gives the package's path.
   * @param {string} project
   * @param {string[]} more
   */
  const build = async (project, ...more) => {
    const file = join(home, `${project.split('/').filter(Boolean).at(-1)}-${Date.now()}.ma`);
    await mezze('build', project, '--output', file, '--sign', ...more);
    return file;
  };

  /**
   * Builds, signs and publishes projects, one after the other.
   * @param {{ address: string, tokenFile: string }} platform
   * @param {string[]} projects
   */
  const publish = async (platform, ...projects) => {
    for (const project of projects) {
      await mezze('publish', await build(project), '--platform', platform.address, '--token-file', platform.tokenFile);
    }
  };

  const token = async (/** @type {{ tokenFile: string }} */ platform) => (await readFile(platform.tokenFile, 'utf8')).trim();
  const dispose = () => rm(home, { recursive: true, force: true });
  return { home, mezze, start, serve, build, publish, token, dispose };
}

/** @param {string} name */
export const example = (name) => join(repository, 'examples', name);
