/**
 * Tests of the whole: the real `mezze`, the real shell, system Chromium.
 * MEZZE names the binary (default: what cargo built), MEZZE_CHROMIUM the browser.
 */
import { defineConfig } from '@playwright/test';

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export default defineConfig({
  outputDir: '../test-results/run',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Two cores: one browser and one platform are what they carry without timing each other out.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // A shared machine stalls now and then; what needed a second try is reported as flaky, not as passed.
  retries: 2,
  reporter: process.env.CI ? [['list'], ['html', { open: 'never', outputFolder: '../test-results/report' }]] : 'list',
  use: {
    ...phone,
    locale: 'en-GB',
    colorScheme: 'light',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.MEZZE_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    { name: 'e2e', testDir: 'e2e' },
    { name: 'security', testDir: 'security' },
    { name: 'pictures', testDir: 'pictures' },
  ],
});
