/** The rest of the components for a person to look at: Skyline's containers, the host's tags, and a page from the right. */
import type { Drawn } from './draw';

const title = (text: string): Drawn => ['view', { class: 'title' }, ['text', {}, text]];
const tile = (name: string, height: number): Drawn => [
  'view',
  { class: name, style: `height:${height}px;border-radius:4px` },
];
const tiles: Drawn[] = [60, 90, 40, 70, 50, 80].map((height, index) => tile('abc'[index % 3] ?? 'a', height));
const lines = (count: number): Drawn[] =>
  Array.from({ length: count }, (_, index) => ['view', { class: 'line' }, `line ${index + 1}`]);

const controls: Drawn[] = [
  ['view', { class: 'line' }, ['input', { placeholder: 'a placeholder' }]],
  ['view', { class: 'line' }, ['input', { value: 'a value' }]],
  [
    'view',
    { class: 'row' },
    ['label', {}, ['checkbox', { checked: true }, 'olive']],
    ['label', {}, ['radio', { checked: true }, 'one']],
  ],
  ['view', { class: 'row' }, ['switch', { checked: true }], ['switch', {}]],
  ['slider', { value: 30, 'show-value': true }],
  ['progress', { percent: 40, 'show-info': true }],
  ['button', { type: 'primary', loading: true }, 'loading'],
  ['text', { 'max-lines': 1, overflow: 'ellipsis', style: 'width:200px' }, 'a text that is too long for its one line'],
];

export const morePages: Record<string, Drawn[]> = {
  skyline: [
    title('grid-view, aligned and masonry'),
    [
      'grid-view',
      { 'cross-axis-count': 3, 'cross-axis-gap': 8, 'main-axis-gap': 8, padding: [0, 16, 0, 16] },
      ...tiles,
    ],
    title('masonry'),
    ['grid-view', { type: 'masonry', 'cross-axis-count': 3, 'cross-axis-gap': 8, 'main-axis-gap': 8 }, ...tiles],
    title('sticky-section'),
    [
      'scroll-view',
      { 'scroll-y': true, type: 'custom', style: 'height:140px' },
      [
        'sticky-section',
        {},
        ['sticky-header', {}, tile('a', 30)],
        ['list-view', { padding: [0, 8, 0, 8] }, ...lines(4)],
      ],
      ['sticky-section', {}, ['sticky-header', {}, tile('b', 30)], ['list-view', {}, ...lines(4)]],
    ],
    title('open-container'),
    [
      'view',
      { class: 'row' },
      [
        'open-container',
        { 'closed-elevation': 4, 'closed-border-radius': 12 },
        ['view', { class: 'line', style: 'color:#000' }, 'closed'],
      ],
    ],
    title('draggable-sheet'),
    [
      'view',
      { style: 'height:120px;background:#ddd' },
      ['draggable-sheet', { 'initial-child-size': 0.6 }, ['view', { class: 'c', style: 'height:100%' }]],
    ],
  ],
  carousels: ['stackLeft', 'stackRight', 'tinder', 'transformer'].flatMap((layout): Drawn[] => [
    title(layout),
    [
      'swiper',
      {
        'layout-type': layout,
        'indicator-dots': true,
        'indicator-type': 'expand',
        style: 'height:110px;width:300px;margin:0 auto',
      },
      ...['a', 'b', 'c'].map((name): Drawn => ['swiper-item', {}, ['view', { class: `slide ${name}` }, name]]),
    ],
  ]),
  host: [
    title('open-data'),
    [
      'view',
      { class: 'row flex' },
      ['open-data', { type: 'userAvatarUrl' }],
      ['open-data', { type: 'userNickName', 'default-text': 'Nobody' }],
    ],
    title('text in so many lines'),
    ['view', { class: 'row' }, ['text', { 'max-lines': 2, overflow: 'ellipsis' }, 'A text that goes on. '.repeat(12)]],
    title('selection, span, cover-view'),
    [
      'selection',
      { class: 'row' },
      ['text', { 'user-select': true }, 'text to select, '],
      ['span', {}, 'a span'],
      ['cover-view', { style: 'width:100px' }, 'a cover-view that is cut'],
    ],
    title('ad'),
    ['view', { class: 'row' }, 'before', ['ad', {}], 'after'],
    title('match-media'),
    ['match-media', { 'min-width': 300 }, ['view', { class: 'line' }, 'wide enough']],
    ['match-media', { 'min-width': 3000 }, ['view', { class: 'line' }, 'never seen']],
  ],
  rtl: [['view', { style: 'direction:rtl' }, ...controls]],
};
