/** What the typings don't say: scopes, categories of personal data, and what needs a tap. */

const scopes = {
  addPhoneCalendar: 'scope.addPhoneCalendar',
  addPhoneContact: 'scope.addPhoneContact',
  addPhoneRepeatCalendar: 'scope.addPhoneCalendar',
  getFuzzyLocation: 'scope.userFuzzyLocation',
  getLocation: 'scope.userLocation',
  getWeRunData: 'scope.werun',
  joinVoIPChat: 'scope.record',
  openBluetoothAdapter: 'scope.bluetooth',
  saveImageToPhotosAlbum: 'scope.writePhotosAlbum',
  saveVideoToPhotosAlbum: 'scope.writePhotosAlbum',
  startLocationUpdate: 'scope.userLocation',
  startLocationUpdateBackground: 'scope.userLocationBackground',
  startRecord: 'scope.record',
  'RecorderManager.start': 'scope.record',
};

/** The categories are those of WeChat's privacy guideline for mini programs. */
const categories = [
  ['location', /^(get|get.*Fuzzy)Location$|^(choose|start|on)(Fuzzy)?Location|^choosePoi$|^startLocationUpdate/],
  ['address', /^chooseAddress$/],
  ['invoice', /^chooseInvoice/],
  ['health', /WeRun/],
  ['license-plate', /^chooseLicensePlate$/],
  ['microphone', /^startRecord$|^joinVoIPChat$|^join1v1Chat$|^RecorderManager\.start$/],
  ['camera', /^createVKSession$|^VKSession\.start$|^CameraContext\.(takePhoto|startRecord|onCameraFrame)$|^scanCode$/],
  ['album', /^save(Image|Video)ToPhotosAlbum$/],
  ['media', /^choose(Image|Media|Video)$/],
  ['file', /^chooseMessageFile$/],
  ['contacts', /^(addPhoneContact|chooseContact)$/],
  ['calendar', /^addPhone(Repeat)?Calendar$/],
  ['bluetooth', /^openBluetoothAdapter$|^createBLEPeripheralServer$|^startBeaconDiscovery$/],
  ['clipboard', /^getClipboardData$/],
  ['motion', /^start(Accelerometer|Compass|Gyroscope|DeviceMotionListening)$/],
  ['face', /^requestFacialVerify$|^faceDetect$/],
  ['identity', /^(login|pluginLogin|checkSession)$/],
  ['profile', /^getUser(Info|Profile)$/],
  ['network', /^getLocalIPAddress$|^get(Wifi|ConnectedWifi|WifiList)/],
  ['group', /^getGroupEnterInfo$|^getShareInfo$|^selectGroupMembers$/],
  ['device-identity', /^getDeviceVoIPList$/],
];

const needATap = new Set([
  'openSetting',
  'requestSubscribeMessage',
  'requestSubscribeDeviceMessage',
  'openCustomerServiceChat',
  'openChannelsEvent',
  'getUserProfile',
  'addCard',
  'shareFileMessage',
  'shareVideoMessage',
  'navigateToMiniProgram',
  'openEmbeddedMiniProgram',
  'openOfficialAccountArticle',
  'requestPayment',
  'requestVirtualPayment',
  'requestPluginPayment',
  'requestOrderPayment',
  'requestCommonPayment',
]);

export function permissionsOf(name, kind) {
  return {
    scope: scopes[name],
    category: categories.find(([, pattern]) => pattern.test(name))?.[0],
    gesture: needATap.has(name) && kind !== 'sync' ? true : undefined,
  };
}
