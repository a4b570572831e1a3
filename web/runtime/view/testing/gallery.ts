/** Every component on a few pages, drawn for a person to look at. `npx tsx`-free: run by gallery.test.ts. */
import type { Drawn } from './draw';

const picture =
  'data:image/svg+xml;utf8,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="120" height="80" fill="#5E6B2A"/><circle cx="40" cy="40" r="30" fill="#D98E1F"/><rect x="90" width="30" height="80" fill="#A8283E"/></svg>',
  );
const title = (text: string): Drawn => ['view', { class: 'title' }, ['text', {}, text]];
const modes = [
  'scaleToFill',
  'aspectFit',
  'aspectFill',
  'widthFix',
  'heightFix',
  'top',
  'bottom',
  'center',
  'left',
  'right',
  'top left',
  'top right',
  'bottom left',
  'bottom right',
];
const icons = [
  'success',
  'success_no_circle',
  'info',
  'warn',
  'waiting',
  'cancel',
  'download',
  'search',
  'clear',
  'circle',
  'info_circle',
];

export const galleryStyle = `
.title{font-size:13px;color:#888;margin:12px 16px 4px}
.row{padding:0 16px} .cell{display:inline-block;margin:4px;border:1px solid #ccc;font-size:11px}
.line{padding:10px 16px;border-bottom:1px solid rgba(128,128,128,.2)}
.slide{height:100%;color:#fff;display:flex;align-items:center;justify-content:center}
.a{background:#5E6B2A}.b{background:#D98E1F}.c{background:#A8283E}
.flex{display:flex;gap:8px;align-items:center;flex-wrap:wrap}
.placeholder-red{color:#A8283E}
`;

export const pages: Record<string, Drawn[]> = {
  basics: [
    title('view and text'),
    [
      'view',
      { class: 'row', style: 'padding:20rpx 32rpx;background:#E7E2DA;color:#1D1B18' },
      ['text', {}, 'first line\nsecond line'],
      ['text', { decode: true, space: 'nbsp' }, ' a   b &lt; c'],
    ],
    title('button'),
    ['button', { type: 'primary' }, 'primary'],
    ['view', { style: 'height:8px' }],
    ['button', {}, 'default'],
    ['view', { style: 'height:8px' }],
    ['button', { type: 'warn' }, 'warn'],
    ['view', { style: 'height:8px' }],
    ['button', { type: 'primary', loading: true }, 'loading'],
    ['view', { style: 'height:8px' }],
    ['button', { type: 'primary', disabled: true }, 'disabled'],
    ['view', { style: 'height:8px' }],
    ['button', { type: 'primary', plain: true }, 'plain'],
    [
      'view',
      { class: 'row flex', style: 'padding-top:8px' },
      ['button', { size: 'mini', type: 'primary' }, 'mini'],
      ['button', { size: 'mini' }, 'mini'],
      ['button', { size: 'mini', type: 'warn' }, 'mini'],
      ['button', { size: 'mini', plain: true }, 'mini'],
    ],
    title('icon'),
    ['view', { class: 'row flex' }, ...icons.map((type): Drawn => ['icon', { type, size: 30 }])],
    title('progress'),
    [
      'view',
      { class: 'row' },
      ['progress', { percent: 20, 'show-info': true }],
      ['progress', { percent: 60, 'stroke-width': 12, color: '#D98E1F' }],
    ],
    title('navigator'),
    ['navigator', { class: 'line', url: '/pages/a/a' }, 'to another page'],
  ],
  images: [
    [
      'view',
      { class: 'row' },
      ...modes.map(
        (mode): Drawn => [
          'view',
          { class: 'cell' },
          ['view', {}, mode],
          ['image', { src: picture, mode, style: 'width:100px;height:100px;background:#eee' }],
        ],
      ),
    ],
  ],
  form: [
    title('input and textarea'),
    ['view', { class: 'line' }, ['input', { placeholder: 'a placeholder' }]],
    [
      'view',
      { class: 'line' },
      ['input', { placeholder: 'styled placeholder', 'placeholder-class': 'placeholder-red' }],
    ],
    ['view', { class: 'line' }, ['input', { value: 'a value', style: 'text-align:right' }]],
    ['view', { class: 'line' }, ['input', { value: 'secret', password: true }]],
    [
      'view',
      { class: 'line' },
      ['textarea', { value: 'one\ntwo\nthree lines that grow', 'auto-height': true, style: 'width:100%' }],
    ],
    title('checkbox, radio, switch'),
    [
      'checkbox-group',
      { class: 'row' },
      ['label', {}, ['checkbox', { value: '1', checked: true }, 'olive ']],
      ['label', {}, ['checkbox', { value: '2' }, 'saffron ']],
      ['checkbox', { value: '3', disabled: true, checked: true }, 'disabled'],
    ],
    [
      'radio-group',
      { class: 'row' },
      ['label', {}, ['radio', { value: '1', checked: true }, 'one ']],
      ['label', {}, ['radio', { value: '2' }, 'two ']],
      ['radio', { value: '3', color: '#A8283E', checked: false }, 'three'],
    ],
    [
      'view',
      { class: 'row' },
      ['switch', { checked: true }],
      ['switch', {}],
      ['switch', { checked: true, color: '#D98E1F' }],
      ['switch', { type: 'checkbox', checked: true }],
    ],
    title('slider'),
    ['slider', { value: 30, 'show-value': true }],
    ['slider', { value: 70, activeColor: '#A8283E', 'block-size': 20 }],
    title('picker-view'),
    [
      'picker-view',
      { style: 'height:170px', value: [2, 1] },
      [
        'picker-view-column',
        {},
        ...['2024', '2025', '2026', '2027'].map(
          (year): Drawn => ['view', { style: 'line-height:34px;text-align:center' }, year],
        ),
      ],
      [
        'picker-view-column',
        {},
        ...['January', 'February', 'March'].map(
          (month): Drawn => ['view', { style: 'line-height:34px;text-align:center' }, month],
        ),
      ],
    ],
  ],
  containers: [
    title('swiper'),
    [
      'swiper',
      { 'indicator-dots': true, circular: true, 'indicator-active-color': '#ffffff' },
      ['swiper-item', {}, ['view', { class: 'slide a' }, 'one']],
      ['swiper-item', {}, ['view', { class: 'slide b' }, 'two']],
      ['swiper-item', {}, ['view', { class: 'slide c' }, 'three']],
    ],
    title('swiper with margins'),
    [
      'swiper',
      { 'previous-margin': '40px', 'next-margin': '40px', current: 1, style: 'height:100px' },
      ['swiper-item', {}, ['view', { class: 'slide a' }, 'one']],
      ['swiper-item', {}, ['view', { class: 'slide b' }, 'two']],
      ['swiper-item', {}, ['view', { class: 'slide c' }, 'three']],
    ],
    title('scroll-view'),
    [
      'scroll-view',
      { 'scroll-y': true, style: 'height:120px' },
      ...['a', 'b', 'c'].map((name): Drawn => ['view', { class: `slide ${name}`, style: 'height:80px' }, name]),
    ],
    [
      'scroll-view',
      { 'scroll-x': true, style: 'white-space:nowrap;margin-top:8px' },
      ...['a', 'b', 'c'].map(
        (name): Drawn => ['view', { class: name, style: 'display:inline-block;width:200px;height:60px' }, name],
      ),
    ],
    title('rich-text'),
    [
      'view',
      { class: 'row' },
      [
        'rich-text',
        {
          nodes:
            '<h3>Heading</h3><p style="color:#A8283E">A <b>bold</b> word, a <a href="https://x.test">link</a>.</p><ul><li>one</li><li>two</li></ul><script>alert(1)</script>',
        },
      ],
    ],
    title('movable-view'),
    [
      'movable-area',
      { style: 'width:100%;height:60px;background:#ddd' },
      ['movable-view', { direction: 'all', x: 40, y: 5, style: 'width:50px;height:50px;background:#5E6B2A' }],
    ],
  ],
};
