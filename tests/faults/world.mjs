/** One platform's data through many kills: what was acknowledged of it, and whether that still holds. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { binary } from '../support/mezze.mjs';
import { Broken, Client, Device, start } from './platform.mjs';

/**
 * @typedef {import('./packages.mjs').Version} Version
 * @typedef {import('./platform.mjs').Running} Running
 */

/** Jobs that were under way when the platform was killed are done again within so long. */
const JOBS_WITHIN = 120_000;
const UNFINISHED = /#\d+$|^\.tmp|\.new$/;

export const figures = {
  rounds: 0,
  killedAtStart: 0,
  acts: 0,
  broken: 0,
  acknowledged: 0,
  launches: 0,
  updates: 0,
  releases: 0,
  logEntries: 0,
  worlds: 0,
};

export class World {
  figures = figures;
  /** @type {string[]} */
  violations = [];
  /** Newest acknowledged revision and state, by release. @type {Map<string, { revision: number, state: string, name: string }>} */
  acknowledged = new Map();
  /** Acknowledged offset, by upload. @type {Map<string, number>} */
  received = new Map();
  /** Apps of packages that were once launched or listed, by digest. @type {Map<string, string>} */
  packages = new Map();
  /** @type {number[]} */
  next;
  /** @type {Device | undefined} */
  device;
  logSize = 0;

  /**
   * @param {string} folder
   * @param {Version[][]} apps
   * @param {string | undefined} databaseUrl
   */
  constructor(folder, apps, databaseUrl) {
    this.folder = folder;
    this.data = join(folder, 'data');
    this.apps = apps;
    this.next = apps.map(() => 0);
    this.database = databaseUrl === undefined ? [] : ['--database-url', databaseUrl];
  }

  /** @param {string} parent @param {Version[][]} apps @param {string | undefined} databaseUrl */
  static async make(parent, apps, databaseUrl) {
    const world = new World(await mkdtemp(join(parent, 'world-')), apps, databaseUrl);
    world.device = await Device.make();
    figures.worlds += 1;
    return world;
  }

  /** @param {number} [killAfter] @returns {Running} */
  start(killAfter) {
    const more = this.database;
    return start({ data: this.data, more, ...(killAfter === undefined ? {} : { killAfter }) });
  }

  /** @param {string} text */
  violation(text) {
    this.violations.push(text);
  }

  /** @param {any} release */
  acknowledge({ id, revision, state, app_id, version }) {
    figures.acknowledged += 1;
    const known = this.acknowledged.get(id);
    if (known === undefined || known.revision < revision) {
      this.acknowledged.set(id, { revision, state, name: `${app_id} ${version}` });
    }
  }

  /** @param {number} app @returns {Version | undefined} */
  nextVersion(app) {
    return this.apps[app]?.[this.next[app] ?? 0];
  }

  /** @param {number} app @param {Version} version */
  made(app, version) {
    this.next[app] = Math.max(this.next[app] ?? 0, version.code);
  }

  isUsedUp() {
    return this.apps.every((versions, app) => (this.next[app] ?? 0) >= versions.length);
  }

  /**
   * After a kill and a start: nothing that was acknowledged is lost, nothing is half there.
   * @param {Client} client
   * @param {boolean} waitForJobs
   */
  async verify(client, waitForJobs) {
    await this.verifyNothingUnfinished();
    let examined = await this.doctor();
    const began = Date.now();
    while (waitForJobs && examined.jobs_due > 0) {
      if (Date.now() - began > JOBS_WITHIN) {
        this.violation(`${examined.jobs_due} jobs were not taken up again within ${JOBS_WITHIN / 1000} s`);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      examined = await this.doctor();
    }
    this.violations.push(...examined.findings);
    figures.releases = Math.max(figures.releases, examined.releases);
    await this.verifyLog(client, examined);
    for (const [first] of this.apps) {
      if (first !== undefined) await this.verifyReleases(client, first.app, waitForJobs);
    }
  }

  async verifyNothingUnfinished() {
    // A job that is taken up again writes files too: what was left behind is there still when that is long over.
    let left = await this.unfinished();
    for (let again = 0; left.length > 0 && again < 10; again += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const now = new Set(await this.unfinished());
      left = left.filter((file) => now.has(file));
    }
    for (const file of left) this.violation(`${file} was left behind`);
  }

  /** @returns {Promise<string[]>} files that a writer has not renamed yet */
  async unfinished() {
    const folders = ['blobs', 'keys'].map(async (folder) => {
      const files = await readdir(join(this.data, folder), { recursive: true });
      return files.filter((file) => UNFINISHED.test(file.split('/').at(-1) ?? '')).map((file) => `${folder}/${file}`);
    });
    return (await Promise.all(folders)).flat();
  }

  /** @returns {Promise<{ findings: string[], jobs_due: number, log_entries: number, log_root: string, releases: number }>} */
  async doctor() {
    // Beside the work of jobs, rows and files are read at different moments: what stays is a finding.
    let report = await json(['doctor', '--data', this.data, '--json', ...this.database]);
    for (let again = 0; report.findings.length > 0 && again < 5; again += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      report = await json(['doctor', '--data', this.data, '--json', ...this.database]);
    }
    return report;
  }

  /**
   * From outside: the signature, the root by the definition, and that it continues the log of the round before.
   * @param {Client} client
   * @param {{ log_entries: number }} examined
   */
  async verifyLog(client, examined) {
    const state = join(this.folder, 'log-state.json');
    try {
      const { size } = await json(['log', 'verify', '--platform', client.address, '--state', state, '--json']);
      if (size < this.logSize || size < examined.log_entries)
        this.violation(`the log shrank from ${this.logSize} to ${size}`);
      this.logSize = size;
      figures.logEntries = Math.max(figures.logEntries, size);
    } catch (failure) {
      this.violation(`the log: ${failure}`);
    }
  }

  /** @param {Client} client @param {string} app @param {boolean} idle */
  async verifyReleases(client, app, idle) {
    const { status, json: page } = await client.develop('GET', `/api/v1/apps/${app}/releases?limit=200`);
    const known = [...this.acknowledged].filter(([, { name }]) => name.startsWith(`${app} `));
    if (status === 404 && known.length === 0) return;
    if (status !== 200) return this.violation(`the releases of ${app} are answered with ${status}`);
    /** @type {Map<string, any>} */
    const found = new Map(page.items.map((/** @type {any} */ release) => [release.id, release]));
    for (const [id, { revision, state, name }] of known) {
      const release = found.get(id);
      if (release === undefined) this.violation(`${name} was acknowledged and is gone`);
      else if (release.revision < revision || (release.revision === revision && release.state !== state)) {
        this.violation(
          `${name} was acknowledged as ${state} (${revision}) and is ${release.state} (${release.revision})`,
        );
      }
    }
    for (const release of found.values()) {
      if (idle && ['uploaded', 'in_review', 'rejected'].includes(release.state)) {
        this.violation(
          `${app} ${release.version} is still ${release.state}: ${release.state_reason ?? 'its job was lost'}`,
        );
      }
      if (release.package_digest) this.packages.set(release.package_digest, app);
    }
  }

  /** What a launch leads to is there and opens for the device. @param {Client} client @param {any} launch */
  async verifyLaunch(client, launch) {
    const parts = [{ sealed: launch.sealed, key: launch.key }];
    if (launch.delta) {
      figures.updates += 1;
      parts.push({ sealed: launch.delta.sealed, key: launch.delta.key });
    }
    const aad = `${launch.app_id}\n${launch.version}\n${launch.package_digest}`;
    for (const { sealed, key } of parts) {
      try {
        const opened = await this.device?.open(key, 'mezze content key v1', aad);
        if (opened?.length !== 16)
          this.violation(`${launch.app_id} ${launch.version} has a key of ${opened?.length} bytes`);
        const digest = await client.digestOf(new URL(sealed.url, client.address).pathname);
        if (digest !== sealed.digest) this.violation(`${sealed.url} holds other bytes`);
      } catch (failure) {
        // Under a kill the connection ends; anything else is the platform's.
        if (failure instanceof TypeError) throw new Broken(String(failure));
        if (await this.wasWithdrawn(client, launch)) return;
        this.violation(`${launch.app_id} ${launch.version} can't be fetched: ${failure}`);
      }
    }
    if (!launch.trial && !launch.log) this.violation(`${launch.app_id} ${launch.version} came without its proof`);
  }

  /**
   * Another act may have come between a launch and its fetch: what was withdrawn meanwhile is rightly gone.
   * @param {Client} client
   * @param {{ app_id: string, version: string }} launch
   */
  async wasWithdrawn(client, { app_id, version }) {
    const { status, json: page } = await client.develop('GET', `/api/v1/apps/${app_id}/releases?limit=200`);
    const withdrawn = (/** @type {any} */ release) => release.version === version && release.state === 'withdrawn';
    return status === 200 && page.items.some(withdrawn);
  }

  remove() {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** @param {string[]} parameters @returns {Promise<any>} */
function json(parameters) {
  return new Promise((resolve, reject) => {
    execFile(
      binary(),
      parameters,
      { maxBuffer: 1 << 26, env: { ...process.env, MEZZE_LOG: 'error' } },
      (failure, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout));
        } catch {
          reject(new Error(`mezze ${parameters.join(' ')}: ${stderr || failure}`));
        }
      },
    );
  });
}
