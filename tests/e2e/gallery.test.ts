import type { Frame, Page } from '@playwright/test';
import { frameWith, title } from '../support/shell';
import { expect, test } from '../support/platform';

const pages = { layout: 'Layout', words: 'Words', pictures: 'Pictures', forms: 'Forms', scroll: 'Scrolling', carousel: 'Carousel', interface: 'Interface', vant: 'Vant', tdesign: 'TDesign' };

async function open(page: Page, address: string, name: keyof typeof pages, content: string): Promise<Frame> {
  await page.goto(`${address}/miniapp/app.mezze.gallery/pages/${name}/index`);
  return frameWith(page, content);
}

test('every page of the gallery opens from its list and goes back', async ({ page, platform, problems }) => {
  test.setTimeout(120_000);
  await page.goto(`${platform.address}/miniapp/app.mezze.gallery`);
  for (const name of Object.values(pages)) {
    const index = await frameWith(page, '.entry-name');
    await index.locator('.entry-name', { hasText: new RegExp(`^${name}$`) }).click();
    await expect(title(page)).toHaveText(name);
    await frameWith(page, '.page');
    await page.getByRole('button', { name: /^back/i }).filter({ visible: true }).first().click();
    await expect(title(page)).toHaveText('Gallery');
  }
  expect(problems.errors).toEqual([]);
});

test('layout: taps bubble unless they are caught, keyed rows move', async ({ page, platform }) => {
  const layout = await open(page, platform.address, 'layout', 'text=bind and catch');
  await layout.locator('.inner').click();
  await expect(layout.locator('.inner')).toHaveText('Inner 1');
  await expect(layout.locator('.outer')).toContainText('Outer 0');
  await layout.locator('.outer').click({ position: { x: 20, y: 10 } });
  await expect(layout.locator('.outer')).toContainText('Outer 1');
  await layout.getByText('First to the end').click();
  await expect(layout.locator('.cell')).toHaveText(['two', 'three', 'four', 'five', 'one']);
});

test('words: rich text is drawn and runs no script', async ({ page, platform }) => {
  const words = await open(page, platform.address, 'words', 'text=small dishes');
  await expect(words.locator('strong', { hasText: 'small dishes' })).toBeVisible();
  expect(await words.locator('script').evaluateAll((scripts) => scripts.filter((script) => script.textContent?.includes('rich text')).length)).toBe(0);
  await words.getByText('Add a line').click();
  await expect(words.locator('.lines')).toContainText('Line 3');
});

test('pictures: loads, reports sizes and says what failed', async ({ page, platform }) => {
  const pictures = await open(page, platform.address, 'pictures', 'text=720 by 405');
  await expect(pictures.getByText(/not-there|not found|fail/i).first()).toBeVisible();
});

test('forms: fields, a formatting input, two-way binding and a form', async ({ page, platform }) => {
  const forms = await open(page, platform.address, 'forms', 'text=picker-view');
  const field = (label: string) => forms.locator('.field', { has: forms.locator('.label', { hasText: new RegExp(`^${label}$`) }) }).locator('input');
  await field('Name').fill('Zeynep');
  await expect(forms.getByText('Zeynep', { exact: true })).toBeVisible();
  await field('Card').pressSequentially('12345678', { delay: 40 });
  await expect(field('Card')).toHaveValue('1234 5678');
  await field('Bound').fill('changed');
  await expect(forms.locator('.field', { hasText: 'Bound' }).getByText('changed')).toBeVisible();
  await forms.getByRole('button', { name: 'Send' }).click();
  await expect(forms.locator('.sent')).toContainText('"size": "small"');
  await expect(forms.locator('.sent')).toContainText('"salt"');
  await expect(forms.locator('.sent')).toContainText('"pieces": 3');
});

test('scrolling: reaching the end brings more, the button goes to the top', async ({ page, platform }) => {
  const scroll = await open(page, platform.address, 'scroll', 'text=Row 12');
  await expect(scroll.locator('.line')).toHaveCount(12);
  await scroll.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(scroll.locator('.line')).toHaveCount(24);
  await scroll.getByText('Back to the top').click();
  await expect.poll(() => scroll.evaluate(() => Math.round(window.scrollY))).toBe(0);
});

test('carousel: follows the data and a finger', async ({ page, platform }) => {
  const carousel = await open(page, platform.address, 'carousel', 'text=How it moves');
  await carousel.getByRole('button', { name: 'Night' }).click();
  await expect(carousel.getByText('Slide 3')).toBeVisible();
});

test('interface: modal, sheet, storage, measuring, title', async ({ page, platform }) => {
  const interface_ = await open(page, platform.address, 'interface', 'text=This device');
  await interface_.getByText('Modal').click();
  await page.getByRole('button', { name: 'Please' }).click();
  await expect(interface_.getByText('Answer: bread it is')).toBeVisible();
  await interface_.getByText('Sheet', { exact: true }).click();
  await page.getByText('Warm', { exact: true }).click();
  await expect(interface_.getByText('Answer: warm')).toBeVisible();
  await interface_.getByText('Measure', { exact: true }).click();
  await expect(interface_.getByText(/^\d+ × \d+ px$/)).toBeVisible();
  await interface_.getByText('Title', { exact: true }).click();
  await expect(title(page)).toHaveText('Small dishes');
});

test('vant: a library from npm works', async ({ page, platform }) => {
  const vant = await open(page, platform.address, 'vant', 'text=Primary');
  // The field writes back what was typed, a moment later each time.
  await vant.locator('input').first().pressSequentially('Zeynep and everyone she knows', { delay: 5 });
  await expect(vant.locator('input').first()).toHaveValue('Zeynep and everyone she knows');
  await expect(vant.getByText('Zeynep and everyone she knows', { exact: true })).toBeVisible();
  await vant.getByText('Primary', { exact: true }).click();
  await expect(vant.getByText('Pressed 1 times')).toBeVisible();
  await vant.getByText('Dialog', { exact: true }).click();
  await vant.getByText('Please', { exact: true }).click();
  await expect(vant.getByText('Answer: bread it is')).toBeVisible();
  await vant.getByText('Warm', { exact: true }).first().click();
  await expect(vant.getByText('Falafel, halloumi, cauliflower')).toBeVisible();
});

test('tdesign: a library from npm works', async ({ page, platform }) => {
  const tdesign = await open(page, platform.address, 'tdesign', 'text=Primary');
  // The slider stands where it measured itself to.
  await expect.poll(async () => {
    const bar = await tdesign.locator('#sliderLine').boundingBox();
    const dot = await tdesign.locator('#singleDot').boundingBox();
    return bar && dot ? Math.round((100 * (dot.x + dot.width / 2 - bar.x)) / bar.width) : 0;
  }).toBe(40);
  await tdesign.getByText('Primary', { exact: true }).click();
  await expect(tdesign.getByText('Pressed 1 times')).toBeVisible();
  await tdesign.getByText('Dialog', { exact: true }).click();
  await tdesign.getByText('Please', { exact: true }).click();
  await expect(tdesign.getByText('Answer: bread it is')).toBeVisible();
});
