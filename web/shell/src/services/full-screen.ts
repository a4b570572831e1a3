/** Full screen for a component: the shell's root goes full screen, the page fills the window, the capsule stays. */
import type { Service } from './index';

export const fullScreenServices: Record<string, Service> = {
  'fullscreen.enter': async ({ app, page, node, tell }) => {
    await app.fullScreen.enter({ page, node, left: () => tell('fullscreen.left', {}) });
  },
  'fullscreen.exit': ({ app, page, node }) => app.fullScreen.exit(page, node),
};
