import { frameWith, goBack, openDish, openHome, tab, title } from '../support/shell';
import { expect, test } from '../support/platform';

test('a guest orders from the menu of the table', async ({ page, platform, problems }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.menu?table=12`);
  const menu = await frameWith(page, 'text=Cold mezze');
  await expect(menu.getByText('Table 12')).toBeVisible();

  // Pita has no options, so that the plus adds it at once.
  await menu.getByText('Bread & rice').first().click();
  await menu.getByRole('button', { name: '+ Pita from the stone' }).click();
  await menu.getByRole('button', { name: '+ Pita from the stone' }).click();
  await expect(menu.getByText('See the table')).toBeVisible();
  await expect(tab(page, /Table/)).toContainText('2');

  // Hummus has sizes and extras: they are chosen on its page.
  await menu.getByText('Cold mezze').first().click();
  await menu.locator('.name', { hasText: 'Hummus' }).click();
  const dish = await frameWith(page, 'text=Extra warm pita');
  await expect(title(page)).toHaveText('Hummus');
  await dish.getByText('To share').click();
  await dish.getByText('Extra warm pita').click();
  await dish.getByRole('button', { name: /Add to the table/ }).click();
  await frameWith(page, 'text=See the table');

  await tab(page, /Table/).click();
  const table = await frameWith(page, 'text=Anything the kitchen should know');
  await expect(table.getByText('To share · Extra warm pita')).toBeVisible();
  // 2 pita at 12, one hummus at twice 28 with pita for 6.
  await expect(table.getByText('86').last()).toBeVisible();
  await table.locator('textarea').fill('No nuts please');
  await table.getByRole('button', { name: /Order for table/ }).click();

  const order = await frameWith(page, 'text=In the kitchen');
  await expect(order.getByText('No nuts please')).toBeVisible();
  await expect(order.locator('[aria-current=step]')).toContainText(/Received|In the kitchen/);
  await expect(order.locator('[aria-current=step]')).toContainText('On its way', { timeout: 30_000 });

  await goBack(page);
  await tab(page, /Orders/).click();
  const orders = await frameWith(page, 'text=Order 101');
  await expect(orders.getByText('On its way').or(orders.getByText('Served'))).toBeVisible();
  expect(problems.errors).toEqual([]);
});

test('what is on the table survives a reload', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.menu`);
  const menu = await frameWith(page, 'text=Cold mezze');
  await menu.getByText('Bread & rice').first().click();
  await menu.getByRole('button', { name: '+ Vermicelli rice' }).click();
  await expect(menu.getByText('See the table')).toBeVisible();
  await page.waitForTimeout(500);
  await page.reload();
  const again = await frameWith(page, 'text=Cold mezze');
  await expect(again.getByText('See the table')).toBeVisible();
  await expect(tab(page, /Table/)).toContainText('1');
});

test('the menu speaks Chinese, tab bar and title included', async ({ page, platform }) => {
  await openHome(page, platform.address);
  const menu = await openDish(page, 'Olive & Fig', 'text=Cold mezze');
  await menu.getByText('中文').click();
  await expect(menu.getByText('冷碟').first()).toBeVisible();
  await expect(title(page)).toHaveText('橄榄与无花果');
  await expect(tab(page, '餐桌')).toBeVisible();
});

test('an answer in a modal decides whether a dish is taken off', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.menu`);
  const menu = await frameWith(page, 'text=Cold mezze');
  await menu.getByText('Bread & rice').first().click();
  await menu.getByRole('button', { name: '+ Pita from the stone' }).click();
  await tab(page, /Table/).click();
  const table = await frameWith(page, 'text=Anything the kitchen should know');
  await table.getByRole('button', { name: '− Pita from the stone' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(table.getByText('Pita from the stone')).toBeVisible();
  await table.getByRole('button', { name: '− Pita from the stone' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(table.getByText('Nothing on the table yet')).toBeVisible();
});
