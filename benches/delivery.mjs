/**
 * Delivery of a sealed package, requests per second, beside nginx serving the very same file from disk: same machine,
 * same run, by turns. Needs nginx and wrk (MEZZE_NGINX, MEZZE_WRK name them); MEZZE or MEZZE_PROFILE the platform.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { example, workshop } from '../tests/support/mezze.mjs';
import { signedInDevice } from './support/device.mjs';
import { load } from './support/load.mjs';
import { median, rounded, summary } from './support/statistics.mjs';

const rounds = Number(process.env.MEZZE_BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.MEZZE_BENCH_SECONDS ?? 5);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** nginx as its packages configure it for files: sendfile, keep-alive, one worker a core, no access log. */
async function serveByNginx(root) {
  const port = await freePort();
  const configuration = join(root, 'nginx.conf');
  await writeFile(configuration, `
    worker_processes auto; daemon off; pid ${root}/nginx.pid; error_log ${root}/error.log;
    events { worker_connections 1024; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/octet-stream;
      client_body_temp_path ${root}/t1; proxy_temp_path ${root}/t2; fastcgi_temp_path ${root}/t3; uwsgi_temp_path ${root}/t4; scgi_temp_path ${root}/t5;
      server { listen 127.0.0.1:${port}; root ${root}/files; }
    }`);
  const child = spawn(process.env.MEZZE_NGINX ?? 'nginx', ['-p', root, '-c', configuration], { stdio: 'inherit' });
  const address = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < 5000; waited += 50) {
    if (await fetch(`${address}/sealed`).then((answer) => answer.ok, () => false)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { address, stop };
}

const tools = await workshop({ profile: process.env.MEZZE_PROFILE ?? 'release' });
const root = await mkdtemp(join(tmpdir(), 'mezze-nginx-'));
const platform = await tools.serve();
let nginx;
try {
  await tools.publish(platform, process.env.MEZZE_BENCH_APP ?? example('menu'));
  const device = await signedInDevice(platform.address);
  const [app] = await device.call('GET', '/api/v1/miniapps');
  const { sealed } = await device.launch(app.app_id);
  const bytes = Buffer.from(await (await fetch(`${platform.address}${sealed.url}`)).arrayBuffer());
  await mkdir(join(root, 'files'));
  await writeFile(join(root, 'files/sealed'), bytes);
  await Promise.all([root, join(root, 'files')].map((folder) => chmod(folder, 0o755)));
  nginx = await serveByNginx(root);
  const ours = [];
  const theirs = [];
  const urls = { ours: `${platform.address.replace('localhost', '127.0.0.1')}${sealed.url}`, theirs: `${nginx.address}/sealed` };
  for (const url of Object.values(urls)) await load(url, { seconds: 1 });
  for (let round = 0; round < rounds; round += 1) {
    theirs.push((await load(urls.theirs, { seconds })).perSecond);
    ours.push((await load(urls.ours, { seconds })).perSecond);
  }
  const ratio = rounded(median(ours) / median(theirs));
  console.log(JSON.stringify({ bench: 'delivery', unit: 'requests/s', bytes: bytes.length, mezze: summary(ours), nginx: summary(theirs), ratio, target: 0.8 }));
} finally {
  await nginx?.stop();
  await platform.stop();
  await tools.dispose();
  await rm(root, { recursive: true, force: true });
}
