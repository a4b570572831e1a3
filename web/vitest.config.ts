import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{common,runtime,shell,client,console,build}/**/*.test.ts'],
    environment: 'node',
    // Many tests drive a real browser, and a shared machine stalls now and then; a second try is reported as such.
    retry: 1,
  },
});
