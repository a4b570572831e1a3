/** Our component set: what its parts do, for eyes, keyboard and screen reader. */
import { expect } from '@playwright/test';
import { test } from '../support/ui-gallery';

test('an accordion folds one part out and the others in', async ({ page, gallery }) => {
  const frame = await gallery.open(page, 'content', 'text=What is in it');
  const first = frame.getByRole('button', { name: /What is in it/ });
  const second = frame.getByRole('button', { name: /How hot is it/ });
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await expect(frame.getByText('Made here every morning')).toBeVisible();
  await second.click();
  await expect(second).toHaveAttribute('aria-expanded', 'true');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await expect(frame.getByText('Made here every morning')).toBeHidden();
});

test('tabs, steppers, stars and the search field tell what was chosen', async ({ page, gallery }) => {
  const frame = await gallery.open(page, 'controls', 'text=Place the order');
  await frame.getByRole('tab', { name: 'Grill' }).click();
  await expect(frame.getByRole('tab', { name: 'Grill' })).toHaveAttribute('aria-selected', 'true');
  await expect(frame.getByRole('tab', { name: 'Warm' })).toHaveAttribute('aria-selected', 'false');

  const falafel = frame.getByRole('group', { name: 'Falafel' });
  await falafel.getByRole('button', { name: '+ Falafel' }).click();
  await expect(falafel).toContainText('3');
  await expect(frame.getByRole('button', { name: '− Tea' })).toHaveCount(0);
  await frame.getByRole('button', { name: '+ Tea' }).click();
  await expect(frame.getByRole('button', { name: '− Tea' })).toBeVisible();

  await frame.getByRole('radio', { name: '2 / 5' }).click();
  await expect(frame.getByRole('radio', { name: '2 / 5' })).toHaveAttribute('aria-checked', 'true');

  const field = frame.locator('input').first();
  await field.fill('hummus');
  await frame.getByRole('button', { name: 'Clear' }).click();
  await expect(field).toHaveValue('');
});

test('steps say which one is under way', async ({ page, gallery }) => {
  const frame = await gallery.open(page, 'progress', 'text=Being cooked');
  await expect(frame.locator('[aria-current=step]').first()).toContainText('Being cooked');
  await expect(frame.getByText('About eight minutes')).toBeVisible();
  await expect(frame.getByRole('status', { name: 'Loading' })).toBeVisible();
});

test('a notice stays until it is answered, a sheet closes by its button and beside it', async ({ page, gallery }) => {
  const frame = await gallery.open(page, 'feedback', 'text=Nothing on the table yet');
  await frame.getByText('Show a notice').click();
  await expect(frame.getByText('Two dishes were added.')).toBeVisible();
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect(frame.getByText('Two dishes were added.')).toHaveCount(0);

  await frame.getByText('Open a sheet').click();
  const sheet = frame.getByRole('dialog', { name: 'How many of you' });
  await expect(sheet.getByText('Grown-ups')).toBeInViewport();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).not.toBeInViewport();
  await frame.getByText('Open a sheet').click();
  await expect(sheet.getByText('Grown-ups')).toBeInViewport();
  await page.waitForTimeout(400);
  await page.mouse.click(195, 120);
  await expect(sheet).not.toBeInViewport();
});
