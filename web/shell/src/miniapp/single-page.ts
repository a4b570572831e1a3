/**
 * A page by itself: what opens where somebody shared a page with everyone (`onShareTimeline`). Whoever follows the link
 * sees that one page without giving anything away: there is no sign-in, no other page, no tab bar, and storage that has
 * nothing to do with the app's. A bar below leads into the app.
 */
import type { AppConfig } from '../../../runtime/protocol';

/** Scenes of the original: such a page, and the app opened from one. */
export const singleScene = 1154;
export const wholeScene = 1155;

/** What the original does not carry out there. */
export const notOnSinglePage: ReadonlySet<string> = new Set(
  [
    'navigateTo redirectTo reLaunch switchTab navigateBack',
    'navigateToMiniProgram openEmbeddedMiniProgram navigateBackMiniProgram exitMiniProgram restartMiniProgram',
    'login checkSession getUserInfo getUserProfile chooseAvatar authorize openSetting requestSubscribeMessage',
    'chooseAddress chooseInvoiceTitle chooseInvoice startSoterAuthentication',
    'showShareMenu hideShareMenu updateShareMenu shareAppMessage shareFileMessage shareVideoMessage showShareImageMenu',
    'setNavigationBarTitle setNavigationBarColor showNavigationBarLoading hideNavigationBarLoading hideHomeButton',
    'showTabBar hideTabBar setTabBarStyle setTabBarItem setTabBarBadge removeTabBarBadge showTabBarRedDot hideTabBarRedDot',
    'chooseImage chooseMedia chooseVideo chooseMessageFile saveImageToPhotosAlbum saveVideoToPhotosAlbum openRecorder',
    'getLocation getFuzzyLocation chooseLocation choosePoi openLocation startLocationUpdate startLocationUpdateBackground',
    'scanCode makePhoneCall sendSms getClipboardData setClipboardData chooseContact addPhoneContact addPhoneCalendar',
    'addPhoneRepeatCalendar openBluetoothAdapter startBluetoothDevicesDiscovery openDocument',
  ]
    .join(' ')
    .split(' '),
);

/** No tab bar, drawn by the shell or by the app. */
export function configOfSinglePage({ tabBar: _, ...config }: AppConfig): AppConfig {
  return config;
}

/** Whose data the page works on: nobody's who opened the app itself. */
export function ownerOfSinglePage(owner: string): string {
  return `page of ${owner}`;
}
