/**
 * What a telephone has and headless Chromium has not: a keyboard that covers the page, a light beside the camera, a
 * screen that turns, a small window for a film, another screen to play on. Runs in every frame before its own scripts;
 * what the shell and the page ask of it is noted, since that is all that can be seen of it.
 */
export function device() {
  const noted = { asked: [], refused: [], keyboard: 0 };
  Object.defineProperty(globalThis, '__device', { value: noted });
  const note = (what, how) => noted.asked.push(`${what} ${JSON.stringify(how ?? null)}`);
  const getter = (of, name, get) => Object.defineProperty(of, name, { get, configurable: true });

  // Only the outermost window tells of a keyboard: in a frame the visual viewport is the frame's own.
  if (globalThis === top) {
    const height = Object.getOwnPropertyDescriptor(VisualViewport.prototype, 'height').get;
    getter(VisualViewport.prototype, 'height', function () {
      return height.call(this) - noted.keyboard;
    });
    noted.raise = (pixels) => {
      noted.keyboard = pixels;
      visualViewport.dispatchEvent(new Event('resize'));
    };
  }

  const { mediaDevices } = navigator;
  if (mediaDevices !== undefined) {
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (wish) => {
      note('camera', wish);
      if (!noted.refused.includes('camera')) return open(wish);
      return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
    };
    const { getCapabilities, applyConstraints } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.getCapabilities = function () {
      return { ...getCapabilities.call(this), ...(this.kind === 'video' ? { torch: true } : {}) };
    };
    MediaStreamTrack.prototype.applyConstraints = function (wish) {
      const light = wish?.advanced?.find((each) => 'torch' in each);
      if (light === undefined) return applyConstraints.call(this, wish);
      note('light', light.torch);
      return Promise.resolve();
    };
  }

  const turning = globalThis.screen?.orientation;
  if (turning !== undefined) {
    turning.lock = (way) => Promise.resolve(note('turn', way));
    turning.unlock = () => note('turn', 'free');
  }

  let small = null;
  getter(Document.prototype, 'pictureInPictureEnabled', () => true);
  getter(Document.prototype, 'pictureInPictureElement', () => small);
  HTMLVideoElement.prototype.requestPictureInPicture = async function () {
    small = this;
    this.dispatchEvent(new Event('enterpictureinpicture'));
    return {};
  };
  Document.prototype.exitPictureInPicture = async () => {
    const film = small;
    small = null;
    film?.dispatchEvent(new Event('leavepictureinpicture'));
  };
  getter(HTMLMediaElement.prototype, 'remote', () => ({ prompt: () => Promise.resolve(note('cast')) }));
}
