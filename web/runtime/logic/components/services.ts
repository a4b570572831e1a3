/** What instances and definitions need of the rest of the runtime; put together in runtime.ts. */
import type { GeneralComponent } from 'glass-easel';
import type { Reporter } from '../support/reporter';
import type { Instance } from './instance';

export interface ComponentServices {
  reporter: Reporter;
  createSelectorQuery(instance: Instance | undefined): unknown;
  createIntersectionObserver(instance: Instance | undefined, options: object | undefined): unknown;
  createMediaQueryObserver(instance: Instance | undefined): unknown;
  animate(
    instance: Instance,
    selector: string,
    frames: unknown,
    duration: unknown,
    done: (() => void) | undefined,
  ): void;
  clearAnimation(instance: Instance, selector: string, options: unknown, done: (() => void) | undefined): void;
  applyAnimatedStyle(instance: Instance, selector: string, make: () => unknown, options: unknown, done: unknown): void;
  clearAnimatedStyle(instance: Instance, styles: unknown, done: unknown): void;
  /** Which of the original's two engines the component's page is made for. */
  rendererOf(component: GeneralComponent): 'webview' | 'skyline';
  tabBarOf(component: GeneralComponent): unknown;
  pageIdOf(component: GeneralComponent): number;
  routerOf(component: GeneralComponent): unknown;
  /** A component was attached: its `ready` is due once it is drawn. */
  attached(component: GeneralComponent): void;
}
