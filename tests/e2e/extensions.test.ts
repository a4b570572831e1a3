/** What an operator adds to the APIs of mini apps: a service of the operator's own, asked by an app that may. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyMezzeApp } from '../../docs/guides/verify-mezze-app.mjs';
import { frameWith } from '../support/shell';
import { expect, test } from '../support/platform';

const project = fileURLToPath(new URL('fixtures/extension', import.meta.url));
const appId = 'org.example.extension';

/** The operator's service, as `docs/guides/extensions.md` has it. */
async function campusCard() {
  const listeners = new Set<ServerResponse>();
  const seen: { statement: string; data: unknown }[] = [];
  const answer = (response: ServerResponse, status: number, value: object) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const body = async (request: IncomingMessage) => JSON.parse(Buffer.concat(await request.toArray()).toString()) as unknown;
  const server = createServer(async (request, response) => {
    if (request.url === '/card/balance') {
      seen.push({ statement: String(request.headers['mezze-app']), data: await body(request) });
      answer(response, 200, { cents: 1250 });
    } else if (request.url === '/card/topUp') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      listeners.add(response);
      request.once('close', () => listeners.delete(response));
    } else answer(response, 409, { reason: 'the card is locked', errno: 1200001 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tell = (value: object) => {
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(value)}\n\n`);
  };
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, tell, listeners, stop };
}

test('an app uses what the operator added for it, and is told when something happens', async ({ page, tools, problems }) => {
  const service = await campusCard();
  const file = join(tools.home, 'extensions.json');
  const module = { name: 'CampusCard', url: `${service.origin}/card/`, apps: ['org.example.*'], calls: ['balance', 'lock'], events: ['topUp'], tell_user: true };
  await writeFile(file, JSON.stringify({ modules: [module] }));
  const served = await tools.serve({ data: join(tools.home, 'extensions'), more: ['--extensions', file] });
  try {
    await tools.publish(served, project);
    await page.goto(`${served.address}/miniapp/${appId}`);
    const frame = await frameWith(page, 'text=Balance');
    const said = frame.locator('#said');

    await frame.getByText('Balance', { exact: true }).click();
    await expect(said).toHaveText(JSON.stringify({ cents: 1250, errMsg: 'extBridge:ok' }));
    const { statement = '', data } = service.seen[0] ?? {};
    expect(data).toEqual({ card: 7 });
    const expected = { platform: served.address, issuer: 'http://localhost', audience: service.origin, apps: [appId] };
    const claims = await verifyMezzeApp(statement, expected);
    expect(claims).toMatchObject({ sub: appId, ver: '1.0.0', usr: expect.any(String) });

    await frame.getByText('Lock', { exact: true }).click();
    await expect(said).toHaveText(JSON.stringify({ errMsg: 'extBridge:fail the card is locked', errno: 1200001 }));
    await frame.getByText('Unknown', { exact: true }).click();
    await expect(said).toContainText('The module `CampusCard` has no call `open`');

    await frame.getByText('Listen', { exact: true }).click();
    await expect.poll(() => service.listeners.size).toBe(1);
    service.tell({ cents: 5 });
    service.tell({ cents: 7 });
    await expect(frame.locator('#told')).toHaveText('5 7');
    await frame.getByText('Stop', { exact: true }).click();
    await expect.poll(() => service.listeners.size, 'the service hears that nobody listens any longer').toBe(0);
    expect(problems.errors).toEqual([]);
  } finally {
    await served.stop();
    service.stop();
  }
});
