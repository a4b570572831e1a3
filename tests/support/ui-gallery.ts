/** The gallery of @mezze/ui in `mezze dev`, as tests and pictures open it. */
import { join } from 'node:path';
import { type Frame, type Page, test as base } from '@playwright/test';
import { repository, workshop } from './mezze.mjs';
import { frameWith } from './shell';

export interface Gallery {
  open(page: Page, name: 'controls' | 'content' | 'progress' | 'feedback', content: string): Promise<Frame>;
}

export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    async ({}, use) => {
      const tools = await workshop();
      const project = join(repository, 'ui/gallery');
      const running = await tools.start('dev', project, '--no-open', '--json', '--listen', '127.0.0.1:0');
      const address = await ready(running.events);
      await use({
        async open(page, name, content) {
          await page.goto(`${address}/pages/${name}/index`);
          return frameWith(page, content, 30_000);
        },
      });
      await running.stop();
      await tools.dispose();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

/** The address of the app, once the first build is published. */
async function ready(events: Record<string, unknown>[]): Promise<string> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const found = events.find(({ event }) => event === 'ready');
    if (found !== undefined) return String(found.url);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('mezze dev did not say that it is ready');
}
