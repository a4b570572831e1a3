/** Acceleration, rotation, compass and attitude, by the browser's device events. */
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure, fail } from '../miniapp/failure';
import type { MiniApp } from '../miniapp/mini-app';
import { begin, end } from './running';

type Args = Record<string, unknown>;

/** Milliseconds between two reports. */
const intervals: Record<string, number> = { game: 20, ui: 60, normal: 200 };
/** A device without the sensor says so by silence. */
const patience = 1000;
const gravity = 9.81;

interface Sensor<Given extends Event> {
  event: string;
  /** What the worker is told; undefined where the device did not measure. */
  read: (given: Given) => Args | undefined;
}

const sensors = {
  accelerometer: { event: 'devicemotion', read: acceleration } satisfies Sensor<DeviceMotionEvent>,
  gyroscope: { event: 'devicemotion', read: rotation } satisfies Sensor<DeviceMotionEvent>,
  compass: { event: 'deviceorientationabsolute', read: heading } satisfies Sensor<DeviceOrientationEvent>,
  'device.motion': { event: 'deviceorientation', read: attitude } satisfies Sensor<DeviceOrientationEvent>,
};
type SensorName = keyof typeof sensors;

export const motionApis = {
  startAccelerometer: (context: CallContext, args: Args) => start(context, 'accelerometer', args.interval),
  stopAccelerometer: ({ app }: CallContext) => stop(app, 'accelerometer'),
  startGyroscope: (context: CallContext, args: Args) => start(context, 'gyroscope', args.interval),
  stopGyroscope: ({ app }: CallContext) => stop(app, 'gyroscope'),
  startCompass: (context: CallContext) => start(context, 'compass', 'normal'),
  stopCompass: ({ app }: CallContext) => stop(app, 'compass'),
  startDeviceMotionListening: (context: CallContext, args: Args) => start(context, 'device.motion', args.interval),
  stopDeviceMotionListening: ({ app }: CallContext) => stop(app, 'device.motion'),
};

function stop(app: MiniApp, name: SensorName): void {
  end(app, name);
}

async function start({ app }: CallContext, name: SensorName, interval: unknown): Promise<void> {
  await permit();
  const sensor = sensors[name] as Sensor<Event>;
  // Safari has no absolute event: its plain one carries the heading.
  const event = `on${sensor.event}` in window ? sensor.event : 'deviceorientation';
  const every = intervals[String(interval)] ?? intervals.normal ?? 200;
  let last = Number.NEGATIVE_INFINITY;
  await new Promise<void>((resolve, reject) => {
    const listen = (given: Event) => {
      const detail = sensor.read(given);
      if (detail === undefined) return;
      clearTimeout(silence);
      resolve();
      // A little early is on time: events come at the device's own rate.
      if (!app.inFront || given.timeStamp - last < every - 4) return;
      last = given.timeStamp;
      app.bridge.event(`${name}.change`, detail);
    };
    const silence = setTimeout(() => {
      end(app, name);
      reject(new ApiFailure('not support'));
    }, patience);
    window.addEventListener(event, listen);
    begin(app, name, () => {
      clearTimeout(silence);
      window.removeEventListener(event, listen);
      resolve();
    });
  });
}

/** Newer systems ask the user once for motion sensors. */
async function permit(): Promise<void> {
  const asking = (globalThis as { DeviceMotionEvent?: { requestPermission?: () => Promise<string> } })
    .DeviceMotionEvent;
  if (asking?.requestPermission === undefined) return;
  const answer = await asking.requestPermission().catch(() => 'denied');
  if (answer !== 'granted') fail('system permission denied');
}

/** In units of gravity, as the original: lying on its back, a device shows z = -1. */
export function acceleration({ accelerationIncludingGravity: given }: DeviceMotionEvent): Args | undefined {
  if (given === null || given.x === null || given.y === null || given.z === null) return undefined;
  // Safari has the sign of the original; the standard has the other one.
  const unit = /iPhone|iPad/.test(navigator.userAgent) ? gravity : -gravity;
  return { x: given.x / unit, y: given.y / unit, z: given.z / unit };
}

/** Radians a second. */
export function rotation({ rotationRate: given }: DeviceMotionEvent): Args | undefined {
  if (given === null || given.alpha === null || given.beta === null || given.gamma === null) return undefined;
  const radians = (degrees: number) => (degrees / 180) * Math.PI;
  return { x: radians(given.beta), y: radians(given.gamma), z: radians(given.alpha) };
}

/** Degrees clockwise from north. */
export function heading(given: DeviceOrientationEvent): Args | undefined {
  const { webkitCompassHeading: direct, webkitCompassAccuracy: deviation } = given as DeviceOrientationEvent & {
    webkitCompassHeading?: number;
    webkitCompassAccuracy?: number;
  };
  if (direct !== undefined) return { direction: direct, accuracy: deviation ?? -1 };
  if (given.alpha === null || !given.absolute) return undefined;
  return { direction: (360 - given.alpha) % 360, accuracy: 'unknow' };
}

export function attitude({ alpha, beta, gamma }: DeviceOrientationEvent): Args | undefined {
  return alpha === null || beta === null || gamma === null ? undefined : { alpha, beta, gamma };
}
