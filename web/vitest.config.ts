import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{common,runtime,shell,client,console,build}/**/*.test.ts'],
    environment: 'node',
  },
});
