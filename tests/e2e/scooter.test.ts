import { closeApp, dish, frameWith, goBack, openDish, openHome } from '../support/shell';
import { expect, test } from '../support/platform';

test('a rider finds, unlocks, rides and pays', async ({ page, platform, problems }) => {
  await openHome(page, platform.address);
  const map = await openDish(page, 'Glide', 'text=GL27');
  await map.getByRole('button', { name: /Scooter GL14/ }).click();
  await map.getByText('GL14').last().click();
  const scooter = await frameWith(page, 'text=Make it ring');
  await scooter.getByRole('button', { name: 'Unlock' }).click();
  const unlock = await frameWith(page, 'text=Which one is yours?');
  await expect(unlock.locator('input').first()).toHaveValue('GL14');
  await unlock.getByRole('button', { name: /Unlock for/ }).click();
  await expect(unlock.getByText('Opening the lock')).toBeVisible();

  const ride = await frameWith(page, 'text=End ride');
  await expect(ride.locator('.time')).toHaveText(/^0:0[3-9]$/, { timeout: 8000 });
  await expect(ride.locator('.cost')).toHaveText(/^€1\.0\d$/);

  // Closed and opened again, the ride went on.
  await closeApp(page);
  await dish(page, 'Glide').click();
  const again = await frameWith(page, 'text=End ride');
  await again.getByRole('button', { name: 'End ride' }).click();
  await page.getByRole('button', { name: 'End ride' }).last().click();

  const summary = await frameWith(page, 'text=Thank you for riding');
  await summary.getByRole('radio', { name: '4 / 5' }).click();
  await expect(summary.getByRole('radio', { name: '4 / 5' })).toBeChecked();
  await summary.getByRole('button', { name: 'Done' }).click();
  expect(problems.errors).toEqual([]);
});

test('a ride survives a reload, and the history keeps it', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.scooter/pages/unlock/index?code=GL27`);
  const unlock = await frameWith(page, 'text=Which one is yours?');
  await unlock.getByRole('button', { name: /Unlock for/ }).click();
  await frameWith(page, 'text=End ride');
  await page.waitForTimeout(600);
  await page.goto(`${platform.address}/miniapp/app.mezze.scooter`);
  const map = await frameWith(page, 'text=You are riding GL27');
  await map.getByText('You are riding GL27').click();
  const ride = await frameWith(page, 'text=End ride');
  await ride.getByRole('button', { name: 'End ride' }).click();
  await page.getByRole('button', { name: 'End ride' }).last().click();
  const summary = await frameWith(page, 'text=Thank you for riding');
  await summary.getByRole('button', { name: 'Done' }).click();
  const back = await frameWith(page, 'text=Glide');
  await back.getByRole('button', { name: 'Your rides' }).click();
  const history = await frameWith(page, 'text=Mill Lane 4');
  await expect(history.getByText('GL27')).toBeVisible();
});

test('a code that no scooter has is refused where it was typed', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.scooter/pages/unlock/index`);
  const unlock = await frameWith(page, 'text=Which one is yours?');
  await unlock.locator('input').first().fill('XX99');
  await unlock.getByRole('button', { name: /Unlock for/ }).click();
  await expect(unlock.getByText('No scooter has this code')).toBeVisible();
});

test('the code on a handlebar leads to unlocking, and back to the map', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.scooter?code=gl03`);
  const unlock = await frameWith(page, 'text=Which one is yours?');
  await expect(unlock.locator('input').first()).toHaveValue('GL03');
  await goBack(page);
  await frameWith(page, 'text=Well charged');
});
