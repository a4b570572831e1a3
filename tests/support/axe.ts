/** axe on the shell's own document. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Finding { rule: string; where: string; why: string }

/** Findings in the shell's own document; frames of mini apps are theirs. */
export async function findings(page: Page): Promise<Finding[]> {
  await page.evaluate(`${axe};0`);
  return page.evaluate(async () => {
    const { axe: library } = window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> } };
    const { violations } = await library.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.flatMap((violation) => violation.nodes.map((node) => ({ rule: violation.id, where: JSON.stringify(node.target), why: (node.failureSummary ?? '').slice(0, 200) })));
  });
}
