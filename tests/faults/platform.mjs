/** The platform under test: the real `mezze serve` in a process of its own, which can be killed, and calls to it. */
import { spawn } from 'node:child_process';
import { createHash, webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { binary, repository } from '../support/mezze.mjs';

const READY_WITHIN = 60_000;

/**
 * @typedef {{ status: number, headers: Headers, json: any }} Answer
 * @typedef {Awaited<ReturnType<typeof start>>} Running
 */

/** A call that got no whole answer: the platform was killed under it. */
export class Broken extends Error {}

/**
 * Starts the platform. `killAfter` kills it so many milliseconds after its start, ready or not.
 * @param {{ data: string, more: string[], killAfter?: number }} options
 */
export function start({ data, more, killAfter }) {
  const parameters = ['serve', '--data', data, '--listen', '127.0.0.1:0', '--json', ...more];
  const environment = { ...process.env, MEZZE_HOME: data, MEZZE_LOG: 'warn' };
  const child = spawn(binary(), parameters, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const log = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  /** @type {Promise<{ address: string, token: string } | undefined>} */
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the platform did not start:\n${log.join('\n')}`)), READY_WITHIN);
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      const { url, token_file } = JSON.parse(line);
      readFile(token_file, 'utf8').then(
        (token) => resolve({ address: url.replace(/\/$/, ''), token: token.trim() }),
        reject,
      );
    });
    ended.then(() => {
      clearTimeout(timer);
      if (child.signalCode === 'SIGKILL') resolve(undefined);
      else
        reject(new Error(`the platform ended by itself (${child.exitCode ?? child.signalCode}):\n${log.join('\n')}`));
    });
  });
  return { ready, kill, log, ended };
}

/** A developer's calls, and a user's. */
export class Client {
  /** @type {string | undefined} */
  cookie;

  /** @param {{ address: string, token: string }} platform */
  constructor({ address, token }) {
    this.address = address;
    this.token = token;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body] JSON, or bytes
   * @param {Record<string, string>} [headers]
   * @returns {Promise<Answer>}
   */
  async develop(method, path, body, headers = {}) {
    return this.call(method, path, body, { authorization: `Bearer ${this.token}`, ...headers });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<Answer>}
   */
  async use(method, path, body) {
    if (this.cookie === undefined) {
      const answer = await this.call('POST', '/api/v1/session', { demo: true }, { origin: this.address });
      this.cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    }
    return this.call(method, path, body, { origin: this.address, cookie: this.cookie });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @param {Record<string, string>} headers
   * @returns {Promise<Answer>}
   */
  async call(method, path, body, headers) {
    const isBytes = body instanceof Uint8Array;
    const type = isBytes ? 'application/octet-stream' : 'application/json';
    const sent = body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) };
    try {
      const response = await fetch(this.address + path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
        ...sent,
      });
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json');
      return { status: response.status, headers: response.headers, json: isJson ? JSON.parse(text) : text };
    } catch (failure) {
      throw new Broken(String(failure));
    }
  }

  /** @param {string} path @returns {Promise<string>} SHA-256 of what is there */
  async digestOf(path) {
    const response = await fetch(this.address + path);
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    return createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex');
  }
}

/** A user's device: it proves its key, and opens what is wrapped for it. */
export class Device {
  /** @type {any} */
  static suite;

  static async make() {
    const find = createRequire(join(repository, 'web/package.json')).resolve;
    const { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import(
      pathToFileURL(find('@hpke/core')).href
    );
    Device.suite ??= new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
    return new Device(await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']));
  }

  /** @param {any} keys */
  constructor(keys) {
    this.keys = keys;
  }

  /**
   * @param {{ enc: string, ciphertext: string }} wrapped
   * @param {string} info
   * @param {string} aad
   * @returns {Promise<Uint8Array>}
   */
  async open(wrapped, info, aad) {
    const bytes = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, 'base64url')).buffer;
    const encoded = (/** @type {string} */ text) => new TextEncoder().encode(text).buffer;
    const context = await Device.suite.createRecipientContext({
      recipientKey: this.keys.privateKey,
      enc: bytes(wrapped.enc),
      info: encoded(info),
    });
    return new Uint8Array(await context.open(bytes(wrapped.ciphertext), encoded(aad)));
  }

  /** @param {Client} client @returns {Promise<string>} its id */
  async register(client) {
    const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', this.keys.publicKey);
    const public_key = { kty, crv, x, y };
    const challenge = await client.use('POST', '/api/v1/devices/challenge', { public_key });
    if (challenge.status !== 200) throw new Error(`no challenge: ${JSON.stringify(challenge.json)}`);
    const proof = await this.open(challenge.json, 'mezze device challenge v1', '');
    const registered = await client.use('POST', '/api/v1/devices', {
      public_key,
      proof: Buffer.from(proof).toString('base64url'),
    });
    if (registered.status !== 200) throw new Error(`no device: ${JSON.stringify(registered.json)}`);
    return registered.json.device_id;
  }
}
