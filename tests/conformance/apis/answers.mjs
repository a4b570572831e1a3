/** Answers what the shell asks while a case runs, as a person would who agrees; a case may say otherwise. */
import { join } from 'node:path';

/** The shell's question for a permission comes first, whatever the case wants answered otherwise. */
const permission = 'mezze-permission-prompt button[data-answer="granted"]';

/** Where a person agrees, by the shell's elements. */
const agreeing = [
  'mezze-trusted-sheet .pair button.primary',
  'mezze-interactions .confirm',
  'mezze-interactions .sheet button',
];

export function makeAnswers(tab, folder) {
  let current;
  let stopped = false;
  tab.on('filechooser', (chooser) => {
    const files = (current?.answer?.files ?? ['picture.png']).map((name) => join(folder, 'files', name));
    chooser.setFiles(chooser.isMultiple() ? files : files.slice(0, 1)).catch(() => {});
  });
  const work = (async () => {
    while (!stopped) {
      await new Promise((done) => setTimeout(done, 120));
      const prompt = tab.locator(permission).first();
      if (await prompt.isVisible().catch(() => false)) {
        if ((await prompt.getAttribute('aria-disabled').catch(() => null)) === 'false') await prompt.click({ timeout: 700 }).catch(() => {});
        continue;
      }
      const steps = current?.answer?.click === undefined ? agreeing : [current.answer.click].flat();
      for (const selector of steps) {
        const button = tab.locator(selector).first();
        if (await button.isVisible().catch(() => false)) await button.click({ timeout: 700 }).catch(() => {});
      }
      if (current?.answer?.key !== undefined) await tab.keyboard.press(current.answer.key).catch(() => {});
    }
  })();
  return {
    begin(next) {
      current = next;
    },
    stop() {
      stopped = true;
      return work;
    },
  };
}
