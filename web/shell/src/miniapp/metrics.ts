/** Sizes that an app is told: all in CSS pixels, from the window that the app was given. */
import type { HostSnapshot, WindowMetrics } from '../../../runtime/protocol';

export const navigationHeight = 44;
export const tabBarHeight = 50;
export const capsule = { width: 87, height: 32, top: 6, right: 10 } as const;

export interface WindowSize {
  width: number;
  height: number;
  /** Room that the device keeps: notch and home indicator. */
  insetTop: number;
  insetBottom: number;
}

export interface PageChrome {
  customNavigation: boolean;
  tabBar: boolean;
}

export function pageMetrics(size: WindowSize, chrome: PageChrome): WindowMetrics {
  const bar = chrome.customNavigation ? 0 : size.insetTop + navigationHeight;
  const below = chrome.tabBar ? tabBarHeight + size.insetBottom : 0;
  const bottom = size.height - size.insetBottom;
  return {
    screenWidth: size.width,
    screenHeight: size.height,
    windowWidth: size.width,
    windowHeight: Math.max(0, size.height - bar - below),
    screenTop: bar,
    statusBarHeight: size.insetTop,
    pixelRatio: window.devicePixelRatio,
    safeArea: {
      left: 0,
      top: size.insetTop,
      right: size.width,
      bottom,
      width: size.width,
      height: bottom - size.insetTop,
    },
  };
}

export function capsuleRectangle(size: WindowSize): HostSnapshot['menuButton'] {
  const top = size.insetTop + capsule.top;
  const right = size.width - capsule.right;
  return {
    left: right - capsule.width,
    top,
    right,
    bottom: top + capsule.height,
    width: capsule.width,
    height: capsule.height,
  };
}
