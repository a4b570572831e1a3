/** Texts that stand in the list page of `list-app`, by which the benchmarks find it in both hosts. */
export const startText = 'text="start"';

/**
 * Notes when each change of a document is laid out. A host whose `setData` calls back before that is measured to the
 * later of the two: what the user waits for.
 */
export function watchLayouts() {
  globalThis.benchLayouts = [];
  new MutationObserver(() => {
    void document.documentElement.offsetHeight;
    globalThis.benchLayouts.push(performance.timeOrigin + performance.now());
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** Changes that the app repeats and reports the mean of. */
export const repeated = { 'small change in 2,000': 200, 'round trip': 200 };

/**
 * Runs the list page where it is open and gives its report: name to `callback` and `layout`, samples in milliseconds.
 * Where `watchLayouts` ran in the frame, `layout` counts up to completed layout; else it is left out.
 */
export async function readReport(page, frameWith) {
  const frame = await frameWith(page, startText);
  await frame.locator(startText).first().click();
  // The report comes at the end; looking for it every few seconds leaves the changes alone.
  const reported = await frameWith(page, 'text=/^\\{"create/', 180_000, 3000);
  const report = JSON.parse(await reported.locator('text=/^\\{"create/').first().textContent());
  const layouts = await reported.evaluate(() => globalThis.benchLayouts);
  const begins = Object.values(report).flat().map(([, begun]) => begun).sort((one, other) => one - other);
  return Object.fromEntries(Object.entries(report).map(([name, samples]) => {
    const callback = samples.map(([time]) => time);
    if (layouts === undefined) return [name, { callback }];
    const count = repeated[name] ?? 1;
    const layout = samples.map(([time, begun]) => {
      const next = begins.find((other) => other > begun) ?? Number.POSITIVE_INFINITY;
      const last = layouts.filter((at) => at > begun && at < next).at(-1) ?? 0;
      return Math.max(time, (last - begun) / count);
    });
    return [name, { callback, layout }];
  }));
}
