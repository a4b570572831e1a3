/**
 * Runs the real view bundle in Chromium as the shell does: in a sandboxed opaque-origin frame, filled by `srcdoc`,
 * under the frame policy, started by the real bootstrap. The test plays the shell and the logic worker.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { bundle } from '../../../build/runtime-bundles';
import type { FrameToShell, ViewEvent, ViewToLogic } from '../../protocol';
import type { LayoutDefaults } from '../../protocol/frame-port';

const folder = import.meta.dirname;
const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether there is a browser to test with. */
export const chromiumFound = existsSync(executable);

export interface MountOptions {
  styles?: { file: string; text: string }[];
  window?: Record<string, unknown>;
  componentStyle?: 'v1' | 'v2';
  layout?: LayoutDefaults;
  theme?: 'light' | 'dark';
  locale?: string;
  /** Files that `resolve` answers with, by path or address; text or base64 after `base64:`. */
  files?: Record<string, { type: string; text: string }>;
  /** What the shell answers components with, by op. */
  services?: Record<string, unknown>;
  width?: number;
  height?: number;
  touch?: boolean;
}

let code: Promise<string> | undefined;
let browser: Promise<Browser> | undefined;

async function viewCode(): Promise<string> {
  code ??= bundle(resolve(folder, '../main.ts'), 'view', false).then((built) => built.code);
  return code;
}

async function launch(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The test's own page stands for a frame; canvases go from frame to frame inside one process only.
      '--disable-features=IsolateSandboxedIframes',
    ],
  });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** A mounted page frame and what came out of it. */
export class Mounted {
  #seq = 0;
  #invocation = 0;

  constructor(readonly page: Page) {}

  /** Sends a batch and waits for its acknowledgement. */
  async ops(...ops: unknown[]): Promise<void> {
    const seq = ++this.#seq;
    await this.page.evaluate(
      ([number, batch]) => (window as unknown as TestWindow).harness.batch(number as number, batch as unknown[]),
      [seq, ops],
    );
  }

  async invoke(node: number, method: string, ...args: unknown[]): Promise<unknown> {
    const id = ++this.#invocation;
    return this.page.evaluate(
      ([number, target, name, given]) =>
        (window as unknown as TestWindow).harness.invoke(
          number as number,
          target as number,
          name as string,
          given as unknown[],
        ),
      [id, node, method, args],
    );
  }

  async events(type?: string): Promise<ViewEvent[]> {
    const messages = await this.page.evaluate(() => (window as unknown as TestWindow).harness.fromView);
    return messages.flatMap((message) =>
      message.k === 'event' && (type === undefined || message.event.type === type) ? [message.event] : [],
    );
  }

  async toLogic(): Promise<ViewToLogic[]> {
    return this.page.evaluate(() => (window as unknown as TestWindow).harness.fromView);
  }

  async toShell(): Promise<FrameToShell[]> {
    return this.page.evaluate(() => (window as unknown as TestWindow).harness.toShell);
  }

  async shell(message: unknown): Promise<void> {
    await this.page.evaluate((given) => (window as unknown as TestWindow).harness.shell(given), message);
  }

  async clear(): Promise<void> {
    await this.page.evaluate(() => {
      (window as unknown as TestWindow).harness.fromView.length = 0;
    });
  }

  /** The frame, to look into it. */
  frame() {
    const frame = this.page.frames()[1];
    if (frame === undefined) throw new Error('the page frame is missing');
    return frame;
  }

  /** Waits until the frame has sent an event of a type. */
  async waitFor(type: string): Promise<ViewEvent> {
    await this.page.waitForFunction(
      (wanted) =>
        (window as unknown as TestWindow).harness.fromView.some(
          (message) => message.k === 'event' && message.event.type === wanted,
        ),
      type,
      { timeout: 5000 },
    );
    const found = (await this.events(type)).at(-1);
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  }

  /** Middle of an element, for the mouse or a finger. */
  async centre(selector: string): Promise<{ x: number; y: number }> {
    const box = await this.frame().locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not shown`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Drags by mouse over the middle of an element. */
  async drag(selector: string, x: number, y: number): Promise<void> {
    const { mouse } = this.page;
    const middle = await this.centre(selector);
    const from = { x: middle.x - x / 2, y: middle.y - y / 2 };
    await mouse.move(from.x, from.y);
    await mouse.down();
    for (let step = 1; step <= 8; step += 1) await mouse.move(from.x + (x * step) / 8, from.y + (y * step) / 8);
    await mouse.up();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

interface TestWindow {
  harness: {
    batch(seq: number, ops: unknown[]): Promise<void>;
    invoke(id: number, node: number, method: string, args: unknown[]): Promise<unknown>;
    shell(message: unknown): void;
    fromView: ViewToLogic[];
    toShell: FrameToShell[];
  };
}

export async function mount(options: MountOptions = {}): Promise<Mounted> {
  const { width = 390, height = 844 } = options;
  const context = await (await launch()).newContext({ viewport: { width, height }, hasTouch: options.touch ?? false });
  const page = await context.newPage();
  const bootstrap = readFileSync(resolve(folder, '../../../shell/frame/bootstrap.js'), 'utf8');
  const host = readFileSync(resolve(folder, 'host.js'), 'utf8');
  await page.route('https://harness.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><style>*{margin:0}iframe{border:0;width:100vw;height:100vh;display:block}</style>',
    }),
  );
  await page.goto('https://harness.test/');
  await page.addScriptTag({ content: host });
  await page.evaluate(
    async ([view, boot, given]) => {
      const start = (window as unknown as { startHarness(view: string, boot: string, options: unknown): Promise<void> })
        .startHarness;
      await start(view as string, boot as string, given);
    },
    [await viewCode(), bootstrap, { ...options }] as const,
  );
  return new Mounted(page);
}
