/** Runs the built logic bundle where it belongs: in a worker of an opaque-origin frame, in a real Chromium. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';

export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The policy of a logic frame, as the design has it, less the hash of the inline script. */
const policy = "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:";

const frame = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>
addEventListener('message', ({ data, ports }) => {
  const worker = new Worker(URL.createObjectURL(data.code));
  worker.onerror = (event) => parent.postMessage({ failed: event.message }, '*');
  worker.postMessage({ k: 'mezze.boot' }, [ports[0]]);
});
</script>`;

export interface LogicPage {
  page: Page;
  origin: string;
  /** Requests that reached the server, other than for the test's own page. */
  requests: string[];
  close(): Promise<void>;
}

export async function bundleLogic(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: resolve(import.meta.dirname, '../main.ts'),
        formats: ['iife'],
        name: 'mezze_logic',
        fileName: 'logic',
      },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  const chunk =
    output !== undefined && 'output' in output ? output.output.find((file) => file.type === 'chunk') : undefined;
  if (chunk === undefined) throw new Error('the logic bundle is empty');
  return chunk.code;
}

/** Opens a page with a logic frame in it; `window.port` is the bridge port, `window.posted` what came over it. */
export async function openLogic(code: string): Promise<LogicPage> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>logic</title>');
    else {
      if (request.url !== '/favicon.ico') requests.push(request.url ?? '');
      response.setHeader('Access-Control-Allow-Origin', '*').end('self.leaked = 1');
    }
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const arguments_ = [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-sync',
    // The test's own page stands for a frame; canvases go from frame to frame inside one process only.
    '--disable-features=IsolateSandboxedIframes',
  ];
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: arguments_ });
  const page = await browser.newPage();
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  await page.goto(`${origin}/`);
  await page.evaluate(startFrame, { code, frame });
  return {
    page,
    origin,
    requests,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

interface TestWindow {
  port: MessagePort;
  posted: { k: string }[];
}

async function startFrame({ code, frame }: { code: string; frame: string }): Promise<void> {
  const scope = window as unknown as TestWindow;
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.srcdoc = frame;
  document.body.append(element);
  await new Promise((done) => {
    element.onload = done;
  });
  const { port1, port2 } = new MessageChannel();
  scope.port = port1;
  scope.posted = [];
  addEventListener('message', ({ data }) => scope.posted.push({ k: 'frame', ...(data as object) }));
  const booted = new Promise((done, failed) => {
    port1.onmessage = ({ data }) => {
      scope.posted.push(data as { k: string });
      if ((data as { k: string }).k === 'booted') done(undefined);
    };
    setTimeout(() => failed(new Error(`no booted: ${JSON.stringify(scope.posted)}`)), 5000);
  });
  element.contentWindow?.postMessage({ code: new Blob([code], { type: 'text/javascript' }) }, '*', [port2]);
  await booted;
}

/** Starts an app of one page in the frame and returns what came over the bridge until `wanted` did. */
export function startApp(
  page: Page,
  start: object,
  scripts: string,
  templates: string,
  wanted: string,
): Promise<{ k: string }[]> {
  return page.evaluate(
    async ({ start, scripts, templates, wanted }) => {
      const scope = window as unknown as TestWindow;
      const view = new MessageChannel();
      view.port1.onmessage = ({ data }) => {
        const message = data as { k: string; seq: number; id: number; method: string };
        if (message.k === 'ops') view.port1.postMessage({ k: 'ack', seq: message.seq });
        if (message.k !== 'invoke') return;
        const answer = (value: unknown, transfer: Transferable[] = []) =>
          view.port1.postMessage({ k: 'result', id: message.id, value }, transfer);
        if (message.method === 'canvas') {
          const element = document.createElement('canvas');
          element.id = 'handed-over';
          document.body.append(element);
          const canvas = element.transferControlToOffscreen();
          answer({ canvas, width: 300, height: 150 }, [canvas]);
        } else if (message.method === 'picture') {
          const painter = new OffscreenCanvas(2, 2);
          const context = painter.getContext('2d');
          if (context !== null) context.fillStyle = 'rgb(10, 200, 30)';
          context?.fillRect(0, 0, 2, 2);
          const bitmap = painter.transferToImageBitmap();
          answer({ bitmap, width: 2, height: 2 }, [bitmap]);
        } else answer([{ width: 300, height: 150 }]);
      };
      const blob = (text: string) => new Blob([text], { type: 'text/javascript' });
      scope.port.postMessage({ ...start, scripts: blob(scripts), templates: blob(templates) }, [view.port2]);
      for (let waited = 0; waited < 5000; waited += 20) {
        if (scope.posted.some((message) => message.k === wanted)) break;
        await new Promise((done) => setTimeout(done, 20));
      }
      return scope.posted;
    },
    { start, scripts, templates, wanted },
  );
}
