/** What an app's server learns of the user: code, session, and data that only the server can read. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from '@playwright/test';
import { codeToSession, readUserData } from '../../docs/guides/read-user-data.mjs';
import { frameWith } from '../support/shell';
import { expect, test } from '../support/platform';

const project = fileURLToPath(new URL('fixtures/user-data', import.meta.url));
const appId = 'org.example.userdata';

/** Taps and gives what the app was told. */
async function told(frame: Frame, name: string, expected: RegExp): Promise<Record<string, unknown>> {
  await frame.getByText(name, { exact: true }).click();
  await expect(frame.locator('#said')).toContainText(expected);
  return JSON.parse(await frame.locator('#said').innerText()) as Record<string, unknown>;
}

const sent = ({ rawData, signature, encryptedData, iv }: Record<string, unknown>) => ({
  rawData: String(rawData),
  signature: String(signature),
  encryptedData: String(encryptedData),
  iv: String(iv),
});

test("an app's server reads who the user is, and nobody on the way does", async ({ page, tools, problems }) => {
  const served = await tools.serve({ data: join(tools.home, 'user-data') });
  try {
    await tools.publish(served, project);
    const made = await fetch(`${served.address}/api/v1/miniapps/${appId}/secret`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tools.token(served)}` },
    });
    const { secret } = (await made.json()) as { secret: string };
    await page.goto(`${served.address}/miniapp/${appId}`);
    const frame = await frameWith(page, 'text=By button');

    const strict = await told(frame, 'Strict', /:fail/);
    expect(strict.errMsg).toBe('getUserInfo:fail there is no session, call login first');
    const before = await told(frame, 'By button', /getUserInfo:ok/);
    expect(before).not.toHaveProperty('signature');

    // As apps do: the profile in the tap, the sign-in after it.
    await frame.getByText('Profile', { exact: true }).click();
    for (const name of ['Agree', 'Allow']) {
      // Both of the shell's questions: a tap counts once they have stood for a moment.
      await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
      await page.waitForTimeout(700);
      await page.getByRole('button', { name, exact: true }).click();
    }
    await expect(frame.locator('#said')).toContainText('getUserProfile:ok');
    const profile = JSON.parse(await frame.locator('#said').innerText()) as Record<string, unknown>;
    const { code } = await told(frame, 'Log in', /login:ok/);
    const session = await codeToSession({ platform: served.address, appId, secret, code: String(code) });
    const expected = { sessionKey: session.session_key, appId };
    const read = readUserData(sent(profile), expected);
    expect(read.nickName).toBe((profile.userInfo as { nickName: string }).nickName);
    expect(read).not.toHaveProperty('openId');

    const info = await told(frame, 'Strict', /getUserInfo:ok/);
    expect(readUserData(sent(info), expected)).toMatchObject({ openId: session.openid, watermark: { appid: appId } });
    expect(JSON.stringify(info)).not.toContain(session.openid);
    expect(() => readUserData({ ...sent(info), rawData: '{}' }, expected)).toThrow('does not hold');
    expect(() => readUserData(sent(info), { ...expected, appId: 'org.example.other' })).toThrow('was made for');
    expect(() => readUserData(sent(info), { ...expected, now: Date.now() / 1000 + 600 })).toThrow('too old');
    await expect(codeToSession({ platform: served.address, appId, secret, code: String(code) })).rejects.toThrow('code');

    const phone = await told(frame, 'Phone', /getPhoneNumber/);
    expect(phone.errMsg).toBe('getPhoneNumber:fail no permission');
    expect(problems.errors).toEqual([]);
  } finally {
    await served.stop();
  }
});
