/** A PostgreSQL server of the run's own, in its folder, without a network address. `initdb` refuses root. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const STARTED_WITHIN = 60_000;

/** @param {string} parent */
export async function postgres(parent) {
  const programs = find();
  const folder = join(parent, 'postgres');
  mkdirSync(folder);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) execFileSync('chmod', ['711', parent]);
  if (isRoot) execFileSync('chown', ['postgres', folder]);
  /** @param {string} name @param {string[]} parameters @returns {[string, string[]]} */
  const command = (name, parameters) => {
    const program = join(programs, name);
    return isRoot ? ['runuser', ['-u', 'postgres', '--', program, ...parameters]] : [program, parameters];
  };
  const data = join(folder, 'data');
  execFileSync(...command('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync']), {
    stdio: 'ignore',
    cwd: folder,
  });
  const [program, parameters] = command('postgres', [
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-c',
    'max_connections=200',
  ]);
  const server = spawn(program, parameters, { stdio: 'ignore', cwd: folder });
  const ask = (/** @type {string} */ statement) =>
    execFileSync(join(programs, 'psql'), ['-h', folder, '-U', 'postgres', '-d', 'postgres', '-qc', statement], {
      stdio: 'pipe',
    });
  for (const began = Date.now(); ; ) {
    try {
      ask('SELECT 1');
      break;
    } catch (failure) {
      if (Date.now() - began > STARTED_WITHIN) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    /** A fresh database; gives its address. @param {string} name */
    database: async (name) => {
      ask(`CREATE DATABASE ${name}`);
      return `postgres://postgres@localhost/${name}?host=${folder}`;
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      execFileSync(...command('pg_ctl', ['-D', data, 'stop', '-m', 'immediate']), { stdio: 'ignore', cwd: folder });
      await ended;
    },
  };
}

function find() {
  const debian = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  const folders = [...debian.sort().reverse(), ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.find((folder) =>
    ['initdb', 'postgres', 'pg_ctl', 'psql'].every((name) => existsSync(join(folder, name))),
  );
  if (found === undefined) throw new Error('PostgreSQL was not found; run `cargo xtask setup`');
  return found;
}
