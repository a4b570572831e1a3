/** Videos: length, size, and a picture of the beginning. */
import { ApiFailure } from '../../miniapp/failure';
import { toBlob } from './picture';

export interface ClipFacts {
  /** Seconds. */
  duration: number;
  width: number;
  height: number;
  thumbnail: Blob | undefined;
}

const patience = 15_000;
const largestThumbnail = 320;

/** Reads a video with a player that nobody sees. */
export async function clipFacts(blob: Blob): Promise<ClipFacts> {
  const url = URL.createObjectURL(blob);
  const player = document.createElement('video');
  player.muted = true;
  player.playsInline = true;
  player.preload = 'auto';
  try {
    player.src = url;
    await happened(player, 'loadedmetadata');
    // A recording may not know its own length until it was read to the end.
    if (!Number.isFinite(player.duration)) {
      player.currentTime = Number.MAX_SAFE_INTEGER;
      await happened(player, 'durationchange').catch(() => undefined);
    }
    const { videoWidth: width, videoHeight: height } = player;
    const duration = Number.isFinite(player.duration) ? player.duration : 0;
    const thumbnail = await pictureOf(player, duration).catch(() => undefined);
    return { duration, width, height, thumbnail };
  } finally {
    player.removeAttribute('src');
    player.load();
    URL.revokeObjectURL(url);
  }
}

async function pictureOf(player: HTMLVideoElement, duration: number): Promise<Blob | undefined> {
  if (player.videoWidth === 0) return undefined;
  player.currentTime = Math.min(0.1, duration / 2);
  await happened(player, 'seeked');
  const scale = Math.min(1, largestThumbnail / Math.max(player.videoWidth, player.videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(player.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(player.videoHeight * scale));
  canvas.getContext('2d')?.drawImage(player, 0, 0, canvas.width, canvas.height);
  return toBlob(canvas, 'image/jpeg', 0.8);
}

function happened(player: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new ApiFailure('the video can not be read by this browser'));
    player.addEventListener(event, () => resolve(), { once: true });
    player.addEventListener('error', failed, { once: true });
    setTimeout(failed, patience);
  });
}
