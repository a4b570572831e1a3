/** App icons, tab icons and the larger illustrations. Each export maps a file name to SVG text. */
import { box, circle, ellipse, leaf, path, ring, stroke } from './shapes.mjs';

const square = (size, inside) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${inside}</svg>`;

const menuIcon = square(192, box(0, 0, 192, 192, 0, '#5e6b2a') + circle(96, 100, 66, 'rgba(0,0,0,.18)') + circle(96, 96, 66, '#faf8f5') +
  circle(96, 96, 50, '#efe3cf') + circle(96, 96, 33, 'none', 'stroke="#d9b878" stroke-width="9"') +
  stroke('M70 108C78 128 108 132 122 112', '#d98e1f', 7) + leaf(96, 96, 34, '#5e6b2a', -62) + leaf(96, 96, 28, '#7f9138', -14) + circle(82, 84, 7, '#a8283e'));

/** A scooter seen from its side, in a box of 320 by 240 with its origin at the top left. */
const scooter = (frame, deck, ground) => (ground ? ellipse(160, 222, 138, 9, ground) : '') +
  circle(72, 194, 30, '#2b2a27') + circle(72, 194, 16, '#cfd6d2') + circle(72, 194, 6, '#2b2a27') +
  circle(252, 194, 30, '#2b2a27') + circle(252, 194, 16, '#cfd6d2') + circle(252, 194, 6, '#2b2a27') +
  stroke('M72 194L100 176L206 176L252 194', deck, 17) + stroke('M250 190L214 38', frame, 13) + stroke('M206 176Q226 168 232 124', deck, 11) +
  stroke('M176 44Q206 28 234 34', '#2b2a27', 11) + circle(222, 58, 10, '#ffd66b') + box(196, 82, 30, 20, 6, '#f2eee8', -12) + box(104, 160, 84, 9, 4, '#2b2a27');

const scooterIcon = square(192, box(0, 0, 192, 192, 0, '#2c7f63') + circle(96, 96, 72, '#3d9678') +
  `<g transform="translate(14 28) scale(.5)">${scooter('#faf8f5', '#ffd66b', '')}</g>`);

const galleryIcon = square(192, box(0, 0, 192, 192, 0, '#d98e1f') + box(38, 38, 52, 52, 16, '#faf8f5') + circle(128, 64, 27, '#a8283e') +
  box(38, 112, 116, 42, 21, '#faf8f5') + circle(133, 133, 16, '#5e6b2a') + box(52, 52, 24, 24, 7, '#d98e1f'));

const tab = (inside, color) => square(81, `<g fill="none" stroke="${color}" stroke-width="5.4" stroke-linecap="round" stroke-linejoin="round">${inside}</g>`);
const tabShapes = {
  menu: '<path d="M18 20h45M18 40h45M18 60h28"/><circle cx="60" cy="59" r="6"/>',
  cart: '<path d="M14 18h9l7 34h29l7-25H27"/><circle cx="34" cy="64" r="4"/><circle cx="56" cy="64" r="4"/>',
  orders: '<path d="M22 14h37v54l-9-6-9 6-9-6-10 6z"/><path d="M32 30h18M32 44h18"/>',
};
const tabs = Object.fromEntries(Object.entries(tabShapes).flatMap(([name, inside]) => [
  [`tab-${name}`, tab(inside, '#8b857c')], [`tab-${name}-selected`, tab(inside, '#5e6b2a')],
  [`tab-${name}-dark`, tab(inside, '#a39c92')], [`tab-${name}-selected-dark`, tab(inside, '#b3c46a')],
]));

const scooterSide = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240">${scooter('#2c7f63', '#3d9678', 'rgba(29,27,24,.12)')}</svg>`;

const view = (inside) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">${inside}</svg>`;
const hills = view(box(0, 0, 640, 360, 0, '#f6dfb8') + circle(470, 120, 52, '#d98e1f') + path('M0 230C120 150 230 170 330 220S540 250 640 180V360H0Z', '#a9b466') +
  path('M0 290C140 210 300 250 420 280S580 300 640 262V360H0Z', '#5e6b2a') + [70, 130, 520, 566].map((x) => box(x, 236, 6, 44, 3, '#4a3a26') + ellipse(x + 3, 222, 13, 34, '#3f4a1c')).join(''));
const sea = view(box(0, 0, 640, 360, 0, '#cfe3de') + circle(180, 110, 42, '#faf8f5') + box(0, 190, 640, 170, 0, '#2c7f63') + path('M380 190l64 -104l8 104z', '#faf8f5') + path('M458 190l4 -88l52 88z', '#f0dcc0') +
  path('M352 200h190l-30 34h-130z', '#a8283e') + [240, 276, 312].map((y, row) => stroke(`M${20 + row * 40} ${y}q20 -12 40 0t40 0t40 0M${330 + row * 30} ${y + 14}q20 -12 40 0t40 0t40 0`, '#4c9d82', 6)).join(''));
const night = view(box(0, 0, 640, 360, 0, '#2a2440') + circle(500, 88, 40, '#f3e3b0') + circle(518, 76, 36, '#2a2440') + ring(18, 320, 150, 210, (x, y, turn) => circle(x, (y * turn) % 190, turn % 3 ? 1.6 : 2.8, '#f3e3b0')) +
  [0, 84, 150, 250, 330, 440, 520].map((x, index) => box(x, 170 + ((index * 53) % 80), 78, 220, 4, index % 2 ? '#3c3358' : '#4a3f6b') + [0, 1, 2].map((row) => box(x + 16, 196 + ((index * 53) % 80) + row * 34, 14, 16, 2, '#d98e1f') + box(x + 46, 196 + ((index * 53) % 80) + row * 34, 14, 16, 2, row % 2 ? '#d98e1f' : '#5a4d80')).join('')).join(''));

export const icons = { menuIcon, scooterIcon, galleryIcon, tabs, scooterSide, hills, sea, night };
