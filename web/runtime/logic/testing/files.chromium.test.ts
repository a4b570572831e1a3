/** Files in a real worker: contents are Blobs there, read at once, and no Blob reaches the app. */
import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { wrapModule } from './app';
import { bundleLogic, chromiumPath, openLogic, startApp } from './chromium';
import { startOf } from './start';
import { templateRuntime } from './template-runtime';

const module = `
const fs = wx.getFileSystemManager();
const path = wx.env.USER_DATA_PATH + '/a.txt';
fs.writeFileSync(path, 'héllo');
const fd = fs.openSync({ filePath: path, flag: 'r+' });
fs.writeSync({ fd, data: 'H' });
fs.appendFileSync(path, new Uint8Array([33]).buffer);
console.log(fs.readFileSync(path, 'utf8'), fs.readFileSync(path, 'hex', 0, 3), fs.statSync(path).size);
const seen = [];
const { set } = Map.prototype;
Map.prototype.set = function (key, value) { seen.push(value); return set.call(this, key, value); };
wx.onNetworkStatusChange(() => {
  console.log(fs.readFileSync('wxfile://tmp_1.bin', 'base64'));
  const saved = fs.saveFileSync('wxfile://tmp_1.bin');
  console.log(saved.replace(/[0-9a-f]+\\./, '#.'), fs.readFileSync(saved).byteLength);
  const kinds = seen.flatMap((value) => [value, value && value.content]).map((value) => Object.prototype.toString.call(value));
  console.log(kinds.includes('[object Blob]') ? 'a Blob was seen' : 'no Blob was seen', seen.length > 0);
});
Page({});
`;

interface TestWindow {
  port: MessagePort;
  posted: { k: string; op?: string; text?: string; data?: Blob }[];
}

const available = existsSync(chromiumPath);
let code: string;

beforeAll(async () => {
  if (available) code = await bundleLogic();
}, 60_000);

test.skipIf(!available)(
  'writes, reads at once, and takes temporary files of the shell',
  { timeout: 60_000 },
  async () => {
    const logic = await openLogic(code);
    try {
      const start = startOf({ modules: { 'pages/a/a.js': 'Page({})' } });
      await startApp(logic.page, start, wrapModule('pages/a/a.js', module), templateRuntime, 'page.ready');
      await logic.page.evaluate(() => {
        const { port } = window as unknown as TestWindow;
        const data = new Blob([new Uint8Array([1, 2, 3])]);
        port.postMessage({ k: 'event', name: 'file.added', detail: { path: 'wxfile://tmp_1.bin', data } });
        port.postMessage({ k: 'event', name: 'network.change', detail: { isConnected: true, networkType: 'wifi' } });
      });
      await logic.page.waitForTimeout(300);
      const heard = await logic.page.evaluate(async () => {
        const { posted } = window as unknown as TestWindow;
        const files = posted.filter(({ k }) => k === 'file');
        return {
          failures: posted.filter(({ k }) => k === 'error' || k === 'page.failed'),
          lines: posted.filter(({ k }) => k === 'console').map(({ text }) => text),
          files: await Promise.all(files.map(async ({ op, data }) => [op, (await data?.text()) ?? null])),
        };
      });
      expect(heard.failures).toEqual([]);
      expect(heard.lines).toEqual(['Héllo! 48c3a9 7', 'AQID', 'wxfile://store_#.bin 3', 'no Blob was seen true']);
      expect(heard.files).toEqual([
        ['write', 'Héllo!'],
        ['rename', null],
      ]);
    } finally {
      await logic.close();
    }
  },
);
