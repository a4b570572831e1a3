/** Versions of one small mini app, made for tests of updates: the page says which version it is and what it heard. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Served, Workshop } from './platform';

export interface VersionOptions {
  appId: string;
  version: string;
  /** Further files, or others in place of the usual ones. */
  files?: Record<string, string>;
  /** What the page does on its load, beside listening to updates. */
  script?: string;
}

/** A picture's worth of bytes that no two files share and that do not compress: what an update need not move. */
export function noise(seed: string, kilobytes: number): string {
  let text = '';
  for (let block = 0; text.length < kilobytes * 1024; block += 1) {
    text += createHash('sha512').update(`${seed}${block}`).digest('base64');
  }
  return text;
}

const page = (version: string, script: string) => `
const updates = wx.getUpdateManager()
Page({
  data: { version: ${JSON.stringify(version)}, heard: '' },
  onLoad() {
    const hear = (word) => this.setData({ heard: (this.data.heard + ' ' + word).trim() })
    updates.onCheckForUpdate(({ hasUpdate }) => hear('check:' + hasUpdate))
    updates.onUpdateReady(() => hear('ready'))
    updates.onUpdateFailed(() => hear('failed'))
    ${script}
  },
  apply() { updates.applyUpdate() },
})`;

/** Writes a project below the workshop's folder; gives its path. */
export async function writeVersion(tools: Workshop, { appId, version, files = {}, script = '' }: VersionOptions): Promise<string> {
  const project = join(tools.home, `${appId}-${version}`);
  const all: Record<string, string> = {
    'app.json': JSON.stringify({ pages: ['pages/index/index'], window: { navigationBarTitleText: 'Versions' } }),
    'app.js': 'App({})',
    'project.config.json': JSON.stringify({ appid: appId }),
    'mezze.json': JSON.stringify({ app_id: appId, name: `Versions of ${appId.split('.').at(-1)}`, version }),
    'pages/index/index.json': '{}',
    'pages/index/index.js': page(version, script),
    'pages/index/index.wxml': '<view><text>version {{version}}</text></view><view>heard {{heard}}</view><view bind:tap="apply">apply it</view>',
    'data/large.txt': noise(appId, 300),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    const file = join(project, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return project;
}

/** Publishes a version to all users of a platform that decides by itself. */
export async function publishVersion(tools: Workshop, platform: Served, options: VersionOptions): Promise<void> {
  await tools.publish(platform, await writeVersion(tools, options));
}

/** Publishes a version that is approved, but that no user has yet. */
export async function approveVersion(tools: Workshop, platform: Served, options: VersionOptions): Promise<void> {
  const file = await tools.build(await writeVersion(tools, options));
  await tools.mezze('publish', file, '--submit', '--platform', platform.address, '--token-file', platform.tokenFile);
  await untilState(tools, platform, options, 'approved');
}

/** Waits for the platform's check and decision. */
async function untilState(tools: Workshop, platform: Served, { appId, version }: VersionOptions, state: string): Promise<void> {
  let seen = '';
  for (let waited = 0; waited < 20_000; waited += 200) {
    const token = await tools.token(platform);
    const answer = await fetch(`${platform.address}/api/v1/apps/${appId}/releases`, { headers: { authorization: `Bearer ${token}` } });
    const { items = [] } = (await answer.json()) as { items?: { version: string; state: string }[] };
    seen = items.find((release) => release.version === version)?.state ?? '';
    if (seen === state) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${appId} ${version} is ${seen}, not ${state}, after 20 s`);
}

/** `mezze release`, `rollback` or `withdraw` with the platform's own token. */
export async function act(tools: Workshop, platform: Served, command: string, appId: string, ...more: string[]): Promise<void> {
  await tools.mezze(command, appId, '--platform', platform.address, '--token-file', platform.tokenFile, ...more);
}

/** A call to the platform as the developer. */
export async function develop(tools: Workshop, platform: Served, method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${await tools.token(platform)}`, 'content-type': 'application/json' };
  const answer = await fetch(`${platform.address}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
