/** Components that need the whole chain: web pages in the shell's wrapper, repeated slots, the editor's context. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { frameWith } from '../support/shell';
import { expect, test } from '../support/platform';

const project = fileURLToPath(new URL('fixtures/components', import.meta.url));

/** A web site of another origin, whose page talks to the app that shows it. */
async function site(platform: () => string): Promise<{ server: Server; address: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>The site</title><script src="${platform()}/webview/api.js"></script>
      <h1>Site</h1><pre id="env"></pre>
      <button onclick="wx.miniProgram.postMessage({ data: { a: 1 } }); wx.miniProgram.postMessage({ data: 'two' })">post</button>
      <button onclick="wx.miniProgram.navigateTo({ url: '/pages/other/other?x=1' })">go</button>
      <button onclick="wx.miniProgram.navigateBack()">back</button>
      <button onclick="wx.miniProgram.navigateTo({ url: '/no/page', fail: (e) => { env.textContent = e.errMsg } })">lost</button>
      <script>
        wx.miniProgram.getEnv((known) => { env.textContent = JSON.stringify(known) });
        try { parent.parent.document } catch (refused) { env.textContent += refused.name }
        try { top.location = 'about:blank' } catch (refused) { env.textContent += ' stays' }
      </script>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, address: `http://localhost:${(server.address() as AddressInfo).port}/` };
}

async function open(page: Page, url: string, query: string): Promise<void> {
  const address = new URL(url);
  address.searchParams.set('src', query);
  await page.goto(address.href);
}

test('a web page is shown over the app’s page, talks to it, and reaches nothing else', async ({ page, tools }) => {
  let platform = '';
  const { server, address } = await site(() => platform);
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  try {
    platform = new URL(String(dev.ready.url)).origin;
    await open(page, String(dev.ready.url), address);
    const index = await frameWith(page, 'text=Web page');
    await index.getByText('Web page', { exact: true }).click();
    const web = await frameWith(page, 'text=Site');
    await expect(web.locator('#env')).toHaveText('{"miniprogram":true}SecurityError stays');
    await expect(page.getByRole('heading', { name: 'The site' })).toBeVisible();
    await web.getByText('lost').click();
    await expect(web.locator('#env')).toHaveText(/navigateTo:fail page "no\/page" is not found/);
    await web.getByText('post', { exact: true }).click();
    await web.getByText('go', { exact: true }).click();
    await frameWith(page, 'text=Other {"x":"1"}');
    await page.getByRole('button', { name: 'Back' }).last().click();
    await (await frameWith(page, 'text=Site')).getByText('back', { exact: true }).click();
    const again = await frameWith(page, 'text=Web page');
    await expect(again.locator('#heard')).toHaveText(
      JSON.stringify({ load: { src: address }, message: { data: [{ a: 1 }, 'two'] } }),
    );
  } finally {
    await dev.stop();
    server.close();
  }
});

test('a list-builder keeps the items near the window, and an editor answers its context', async ({ page, tools }) => {
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  try {
    await page.goto(String(dev.ready.url));
    const index = await frameWith(page, 'text=0 item 0');
    await expect(index.locator('#contents')).toHaveText('<p>from <strong>logic</strong></p>');
    const scroller = index.locator('.long > .wx-scroll-view');
    expect(await scroller.evaluate((element) => element.scrollHeight)).toBe(50_000);
    await scroller.evaluate((element) => {
      element.scrollTop = 20_000;
    });
    await index.getByText('402 item 402', { exact: true }).click();
    const count = await index.locator('.entry').count();
    expect(count).toBeLessThan(30);
    await expect(index.locator('#heard')).toHaveText(`tapped 402, alive ${count}`);
    await scroller.evaluate((element) => {
      element.scrollTop = 0;
    });
    await index.getByText('Change', { exact: true }).click();
    await expect(index.getByText('2 changed', { exact: true })).toBeVisible();
  } finally {
    await dev.stop();
  }
});
