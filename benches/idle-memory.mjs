/**
 * Memory of a platform that has been used and then left alone, MiB: resident, and of that what no file backs (the rest
 * is the binary's own pages, which the system can drop). Linux only.
 */
import { readFile } from 'node:fs/promises';
import { example, workshop } from '../tests/support/mezze.mjs';
import { signedInDevice } from './support/device.mjs';
import { rounded } from './support/statistics.mjs';

const rest = Number(process.env.MEZZE_BENCH_SECONDS ?? 30);

async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name) => rounded(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
  return { resident: of('VmRSS'), anonymous: of('RssAnon') };
}

const tools = await workshop({ profile: process.env.MEZZE_PROFILE ?? 'release' });
const platform = await tools.serve();
try {
  const started = await memory(platform.pid);
  await tools.publish(platform, ...['menu', 'scooter'].map(example));
  const device = await signedInDevice(platform.address);
  for (const { app_id } of await device.call('GET', '/api/v1/miniapps')) {
    const { sealed } = await device.launch(app_id);
    await (await fetch(`${platform.address}${sealed.url}`)).arrayBuffer();
  }
  const used = await memory(platform.pid);
  await new Promise((resolve) => setTimeout(resolve, rest * 1000));
  console.log(JSON.stringify({ bench: 'idle-memory', unit: 'MiB', mezze: await memory(platform.pid), started, used, target: 80 }));
} finally {
  await platform.stop();
  await tools.dispose();
}
