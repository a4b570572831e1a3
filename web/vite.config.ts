/**
 * Builds the shell into `dist`: `index.html`, hashed assets, the two runtime bundles, the service worker,
 * `manifest.webmanifest`, icons, the web console, the runtime for the headless host, and `csp.json` (hashes of inline scripts for the server's policy header).
 */
import { defineConfig } from 'vite';
import { webConsole } from './build/console';
import { frameBootstrap } from './build/frame-bootstrap';
import { headlessRuntime } from './build/headless-runtime';
import { hostLibraries } from './build/host-libraries';
import { runtimeBundles } from './build/runtime-bundles';
import { serviceWorker } from './build/service-worker';

export default defineConfig({
  root: 'shell',
  base: '/',
  publicDir: 'public',
  plugins: [runtimeBundles(), headlessRuntime(), frameBootstrap(), webConsole(), serviceWorker(), hostLibraries()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    // Inlined pictures would count against the first load and can't be cached apart.
    assetsInlineLimit: 0,
  },
});
