/** Answers what the shell asks while a case runs, as a person would who agrees; a case may say otherwise. */
import { join } from 'node:path';

/** Where a person agrees, by the shell's elements. */
const agreeing = [
  'mezze-permission-prompt button[data-answer="granted"][aria-disabled="false"]',
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
      const steps = current?.answer?.click === undefined ? agreeing : [current.answer.click].flat();
      for (const selector of steps) {
        const button = tab.locator(selector).first();
        if (await button.isVisible().catch(() => false)) await button.click({ timeout: 700 }).catch(() => {});
      }
      if (current?.answer?.key !== undefined) await tab.keyboard.press(current.answer.key).catch(() => {});
      await new Promise((done) => setTimeout(done, 120));
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
