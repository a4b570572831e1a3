import { closeApp, dish, frameWith, openDish, openHome } from '../support/shell';
import { expect, test } from '../support/platform';

test('the home shows the mini apps of the platform, each with its picture', async ({ page, platform, problems }) => {
  await openHome(page, platform.address);
  for (const name of ['Olive & Fig', 'Glide', 'Gallery']) await expect(dish(page, name)).toBeVisible();
  const pictures = await page.locator('img').evaluateAll((images) => images.filter((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth === 0).length);
  expect(pictures).toBe(0);
  expect(problems.errors).toEqual([]);
});

test('the search field narrows the home to what one looks for', async ({ page, platform }) => {
  await openHome(page, platform.address);
  await page.getByRole('searchbox').first().fill('glid');
  await expect(dish(page, 'Glide')).toBeVisible();
  await expect(dish(page, 'Olive & Fig')).toBeHidden();
});

test('a launch address pasted into the search field opens that page', async ({ page, platform }) => {
  await openHome(page, platform.address);
  const field = page.getByRole('searchbox').first();
  await field.fill(`${platform.address}/miniapp/app.mezze.menu/pages/dish/index?id=falafel`);
  await field.press('Enter');
  await frameWith(page, 'text=Falafel');
});

test('a closed app is among the recent ones and returns where it was', async ({ page, platform }) => {
  await openHome(page, platform.address);
  const menu = await openDish(page, 'Olive & Fig', 'text=Cold mezze');
  await menu.getByText('Sweets').first().click();
  await closeApp(page);
  await expect(dish(page, 'Olive & Fig')).toBeVisible();
  const before = Date.now();
  await dish(page, 'Olive & Fig').click();
  await frameWith(page, '.chosen:has-text("Sweets")');
  expect(Date.now() - before).toBeLessThan(3000);
});

test('two apps stay alive beside each other, each with its own state', async ({ page, platform }) => {
  await openHome(page, platform.address);
  await openDish(page, 'Glide', 'text=GL27');
  await closeApp(page);
  await openDish(page, 'Olive & Fig', 'text=Cold mezze');
  await closeApp(page);
  await dish(page, 'Glide').click();
  await frameWith(page, 'text=GL27');
});
