/** Texts that stand in the list page of `list-app`, by which the benchmarks find it in both hosts. */
export const startText = 'text="start"';

/** Runs the list page where it is open and gives its report: name to samples in milliseconds. */
export async function readReport(page, frameWith) {
  const frame = await frameWith(page, startText);
  await frame.locator(startText).first().click();
  const reported = await frameWith(page, 'text=/^\\{"create/', 180_000);
  return JSON.parse(await reported.locator('text=/^\\{"create/').first().textContent());
}
