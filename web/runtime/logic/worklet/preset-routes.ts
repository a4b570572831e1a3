/** The transitions that Skyline brings along, by `routeType`. */
import { bezierCurve, type Curve } from './easing';
import type { RouteBuilder, RouteContext } from './routes';

const easeOut: Curve = bezierCurve(0.215, 0.61, 0.355, 1);

const progress = ({ primaryAnimation }: RouteContext): number => easeOut(Number(primaryAnimation.value));

/** From below, over the page that was there. `rest` is how far from the top it stays, percent. */
function fromBelow(rest: number, below: 'still' | 'shrunk'): RouteBuilder {
  return (context) => ({
    opaque: rest === 0,
    transitionDuration: 300,
    reverseTransitionDuration: 300,
    barrierColor: rest === 0 ? '' : 'rgba(0,0,0,0.5)',
    handlePrimaryAnimation: () => ({
      transform: `translateY(${rest + (100 - rest) * (1 - progress(context))}%)`,
      ...(rest === 0 ? {} : { borderRadius: '12px', overflow: 'hidden' }),
    }),
    ...(below === 'shrunk'
      ? { handlePreviousPageAnimation: () => ({ transform: `scale(${1 - 0.08 * progress(context)})` }) }
      : {}),
  });
}

const zoom: RouteBuilder = (context) => ({
  opaque: false,
  transitionDuration: 300,
  reverseTransitionDuration: 250,
  handlePrimaryAnimation: () => ({
    transform: `scale(${0.85 + 0.15 * progress(context)})`,
    opacity: progress(context),
  }),
});

const fromTheSide: RouteBuilder = (context) => ({
  opaque: true,
  transitionDuration: 350,
  reverseTransitionDuration: 350,
  handlePrimaryAnimation: () => ({ transform: `translateX(${100 * (1 - progress(context))}%)` }),
  handlePreviousPageAnimation: () => ({ transform: `translateX(${-30 * progress(context)}%)` }),
});

export const presets: Readonly<Record<string, RouteBuilder>> = {
  'wx://bottom-sheet': fromBelow(40, 'still'),
  'wx://upwards': fromBelow(0, 'still'),
  'wx://zoom': zoom,
  'wx://cupertino-modal': fromBelow(8, 'shrunk'),
  'wx://cupertino-modal-inside': fromTheSide,
  'wx://modal-navigation': fromTheSide,
  'wx://modal': fromBelow(8, 'still'),
};
