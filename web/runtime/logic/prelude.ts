/**
 * Must be the first import of the bundle: glass-easel decides when it is loaded whether to measure every call for
 * its development tools, and takes a scope without `process` for development. The name is cut again before the
 * app's first line (see boot/lockdown.ts).
 */
const scope = globalThis as { process?: unknown };
if (scope.process === undefined) scope.process = { env: { NODE_ENV: 'production' } };

export {};
