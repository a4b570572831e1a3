/** axe on the shell's screens, in both schemes: contrast AA, names, roles. */
import { findings } from '../support/axe';
import { openDish, openHome, openMenu } from '../support/shell';
import { expect, test } from '../support/platform';

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test('home', async ({ page, platform }) => {
      await openHome(page, platform.address);
      expect(await findings(page)).toEqual([]);
    });

    test('an open app and its menu', async ({ page, platform }) => {
      await openHome(page, platform.address);
      await openDish(page, 'Olive & Fig', 'text=Cold mezze');
      await page.waitForTimeout(400);
      expect(await findings(page)).toEqual([]);
      await openMenu(page);
      await page.waitForTimeout(400);
      expect(await findings(page)).toEqual([]);
    });

    test('an error screen', async ({ page, platform }) => {
      await page.goto(`${platform.address}/miniapp/org.example.nobody`);
      await expect(page.getByText(/org\.example\.nobody/).first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}

test('the home can be used by keyboard alone', async ({ page, platform }) => {
  await openHome(page, platform.address);
  const reached: string[] = [];
  for (let step = 0; step < 14; step += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return (active?.getAttribute('aria-label') ?? active?.textContent ?? '').trim();
    }));
  }
  expect(reached.some((name) => name.includes('Olive & Fig'))).toBe(true);
});
