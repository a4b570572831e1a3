/** How the slides of a carousel stand and look at a distance of so many slides from the one that is shown. */
export interface Look {
  transform: string;
  opacity?: number;
  /** Higher is nearer. */
  layer?: number;
  origin?: string;
}

type LookOf = (distance: number, vertical: boolean) => Look;

const beside: LookOf = (distance, vertical) => ({ transform: shift(distance * 100, vertical) });

/** Slides lie on top of each other, those to come a little aside and smaller; all leave room for them at that side. */
function stack(side: 1 | -1): LookOf {
  return (distance, vertical) => {
    const ahead = Math.max(0, distance);
    const scale = Math.max(0, 0.86 - ahead * 0.08);
    const aside = side * (-7 + ahead * 9) + Math.min(0, distance) * 120;
    const opacity = Math.max(0, Math.min(1, 3 - ahead));
    return { transform: `${shift(aside, vertical)} scale(${scale})`, layer: 100 - Math.ceil(ahead), opacity };
  };
}

const tinder: LookOf = (distance) => {
  if (distance <= 0) {
    return { transform: `translate(${distance * 130}%,0) rotate(${distance * 18}deg)`, layer: 100, origin: '50% 90%' };
  }
  const scale = Math.max(0, 1 - distance * 0.05);
  const opacity = Math.max(0, 1 - Math.max(0, distance - 2));
  return { transform: `translate(0,${distance * 4}%) scale(${scale})`, layer: 100 - Math.ceil(distance), opacity };
};

const transformers: Record<string, LookOf> = {
  scaleAndFade: (distance, vertical) => {
    const far = Math.min(1, Math.abs(distance));
    return { transform: `${shift(distance * 100, vertical)} scale(${1 - far * 0.2})`, opacity: 1 - far * 0.5 };
  },
  accordion: (distance, vertical) => {
    const size = Math.max(0, 1 - Math.abs(distance));
    const start = vertical ? '50% 100%' : '100% 50%';
    const end = vertical ? '50% 0' : '0 50%';
    const scale = vertical ? `scale(1,${size})` : `scale(${size},1)`;
    return { transform: `${shift(0, vertical)} ${scale}`, origin: distance < 0 ? end : start };
  },
  threeD: (distance, vertical) => {
    const angle = Math.max(-90, Math.min(90, distance * 90));
    const turn = vertical ? `rotateX(${-angle}deg)` : `rotateY(${angle}deg)`;
    const origin = vertical ? (distance < 0 ? '50% 100%' : '50% 0') : distance < 0 ? '100% 50%' : '0 50%';
    return { transform: `${shift(distance * 100, vertical)} perspective(800px) ${turn}`, origin };
  },
  zoomIn: (distance, vertical) => {
    const far = Math.min(1, Math.abs(distance));
    return { transform: `${shift(distance * 100, vertical)} scale(${1 - far})`, opacity: 1 - far };
  },
  zoomOut: (distance, vertical) => {
    const far = Math.min(1, Math.abs(distance));
    return { transform: `${shift(distance * 100, vertical)} scale(${1 + far * 0.5})`, opacity: 1 - far };
  },
  deepthPage: (distance, vertical) => {
    if (distance <= 0) return { transform: shift(distance * 100, vertical), layer: 100 };
    const far = Math.min(1, distance);
    return { transform: `${shift(0, vertical)} scale(${1 - far * 0.25})`, opacity: 1 - far, layer: 99 };
  },
};

export function lookOf(layoutType: string, transformerType: string): LookOf {
  switch (layoutType) {
    case 'stackLeft':
      return stack(-1);
    case 'stackRight':
      return stack(1);
    case 'tinder':
      return tinder;
    case 'transformer':
      return transformers[transformerType] ?? beside;
    default:
      return beside;
  }
}

function shift(percent: number, vertical: boolean): string {
  return vertical ? `translate(0,${percent}%)` : `translate(${percent}%,0)`;
}
