/**
 * What developers and users do to the platform while it is killed. Every act says what the platform answered for good
 * (`world.acknowledge`); what was broken off may have happened or not, and is tried again in a later round.
 */
import { Broken } from './platform.mjs';

/**
 * @typedef {import('./platform.mjs').Client} Client
 * @typedef {import('./random.mjs').Randomness} Randomness
 * @typedef {import('./world.mjs').World} World
 */

const PART = 12_000;

/** The acts of one round, in one go. @param {World} world @param {Client} client @param {Randomness} random */
export function acts(world, client, random) {
  /** @type {Promise<void>[]} */
  const running = [];
  const apps = world.apps.map((_, index) => index);
  for (const app of apps) {
    if (random.chance(0.7)) running.push(newVersion(world, client, app, random));
    else running.push(act(world, client, app, random));
  }
  running.push(launch(world, client, random.pick(apps), random));
  if (random.chance(0.5)) running.push(act(world, client, random.pick(apps), random));
  return running.map((running) => counted(world, running));
}

/** @param {World} world @param {Promise<void>} running */
async function counted(world, running) {
  world.figures.acts += 1;
  try {
    await running;
  } catch (failure) {
    if (!(failure instanceof Broken)) throw failure;
    world.figures.broken += 1;
  }
}

/** @param {World} world @param {string} what @param {import('./platform.mjs').Answer} answer @param {number[]} expected */
function expect(world, what, answer, expected) {
  if (expected.includes(answer.status)) return;
  // Too many at once is an answer too, and so is a change that came in between.
  if (answer.status === 429 || (answer.status === 409 && answer.json?.type === 'urn:mezze:problem:changed-meanwhile')) {
    throw new Broken(what);
  }
  world.violation(`${what} was answered with ${answer.status}: ${JSON.stringify(answer.json)}`);
  throw new Broken(what);
}

/** In parts, or in one request. @param {World} world @param {Client} client @param {number} app @param {Randomness} random */
async function newVersion(world, client, app, random) {
  const version = world.nextVersion(app);
  if (version === undefined) return;
  const what = `${version.app} ${version.version}`;
  if (random.chance(0.25)) {
    const answer = await client.develop('POST', '/api/v1/packages', version.bytes);
    expect(world, `publishing ${what}`, answer, [200, 201]);
    world.made(app, version);
    return;
  }
  const more = random.pick([{ release: true }, { submit: true }, { release: true }]);
  const opened = await client.develop('POST', '/api/v1/uploads', {
    size: version.bytes.length,
    sha256: version.digest,
  });
  expect(world, `opening an upload of ${what}`, opened, [200, 201]);
  const { id, offset } = opened.json;
  if (offset < (world.received.get(id) ?? 0))
    world.violation(`the upload of ${what} forgot a part that was acknowledged`);
  for (let at = offset; at < version.bytes.length; ) {
    const part = version.bytes.subarray(at, at + PART);
    const answer = await client.develop('PATCH', `/api/v1/uploads/${id}`, part, { 'upload-offset': String(at) });
    expect(world, `sending a part of ${what} at ${at}`, answer, [200]);
    at += part.length;
    world.received.set(id, at);
  }
  const answer = await client.develop('POST', '/api/v1/releases', { upload: id, ...more });
  expect(world, `making a release of ${what}`, answer, [200, 201]);
  world.received.delete(id);
  world.made(app, version);
  world.acknowledge(answer.json);
}

/** What one of the app's releases lets a developer do. @param {World} world @param {Client} client @param {number} app @param {Randomness} random */
async function act(world, client, app, random) {
  const [first] = world.apps[app] ?? [];
  if (first === undefined) return;
  const list = await client.develop('GET', `/api/v1/apps/${first.app}/releases?limit=200`);
  expect(world, `listing the releases of ${first.app}`, list, [200, 404]);
  const wanted = random.pick(['stage', 'release', 'release', 'roll_back', 'withdraw']);
  const able = (list.json.items ?? []).filter((/** @type {any} */ release) => release.actions.includes(wanted));
  if (able.length === 0) return;
  const release = random.pick(able);
  const said = {
    stage: { percent: random.pick([1, 10, 50]) },
    release: { forced: random.chance(0.2) },
    roll_back: {},
    withdraw: { reason: 'It was a mistake.' },
  }[wanted];
  // One in three withdrawals is meant: otherwise nothing would be left to launch.
  if (wanted === 'withdraw' && random.chance(0.66)) return;
  const answer = await client.develop('POST', `/api/v1/releases/${release.id}/acts`, { action: wanted, ...said });
  // Another act of the same round may have come first.
  expect(world, `${wanted} of ${release.app_id} ${release.version}`, answer, [200, 400, 409, 412]);
  if (answer.status === 200) world.acknowledge(answer.json);
}

/** As a device does that may have an older version. @param {World} world @param {Client} client @param {number} app @param {Randomness} random */
async function launch(world, client, app, random) {
  const [first] = world.apps[app] ?? [];
  if (first === undefined || world.device === undefined) return;
  const device_id = await world.device.register(client);
  const older = [...world.packages].filter(([, name]) => name === first.app).map(([digest]) => digest);
  const cached = older.length > 0 && random.chance(0.8) ? { cached_digest: random.pick(older) } : {};
  const answer = await client.use('POST', `/api/v1/miniapps/${first.app}/launch`, { device_id, ...cached });
  // 410: it was withdrawn, and nothing else was released.
  expect(world, `launching ${first.app}`, answer, [200, 404, 410]);
  if (answer.status !== 200 || answer.json.state !== 'fetch') return;
  world.figures.launches += 1;
  await world.verifyLaunch(client, answer.json);
}
