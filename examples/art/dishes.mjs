/** The dishes of the menu example, each drawn from above. Input: nothing. Output: file name to SVG text. */
import { box, circle, ellipse, leaf, path, plate, ring, scatter, scene, seeded, stroke } from './shapes.mjs';

const parsley = (seed, count, radius = 95) =>
  scatter(seed, count, 200, 200, radius, (x, y, random) => leaf(x, y, 14 + random() * 10, '#5f7d2e', random() * 360));

const sesame = (seed, count, radius, color = '#f6e7c1') =>
  scatter(seed, count, 200, 200, radius, (x, y, random) => ellipse(x, y, 4, 2.4, color, random() * 180));

/** Rings of a spread pushed round with a spoon, with oil in the groove. */
const swirl = (light, dark, oil) =>
  circle(200, 200, 118, light) + circle(200, 200, 92, 'none', `stroke="${dark}" stroke-width="16"`) +
  circle(200, 200, 54, 'none', `stroke="${dark}" stroke-width="14"`) + circle(200, 200, 34, light) +
  stroke('M118 214C120 270 180 300 236 280', oil, 11, 'opacity=".75"') + stroke('M262 132C292 160 296 214 276 244', oil, 9, 'opacity=".7"');

const hummus = plate('#2f5d62', '#27494d', swirl('#ead2a0', '#dcbf86', '#c9a227') +
  scatter(4, 9, 200, 200, 36, (x, y) => circle(x, y, 11, '#d8b06a') + circle(x - 3, y - 3, 4, '#ecd09a')) +
  scatter(9, 60, 200, 205, 100, (x, y, random) => circle(x, y, 1.5 + random() * 1.8, '#a8283e')) + parsley(3, 8));

const aubergine = plate('#f2ece2', '#e4dccf', swirl('#c9b48f', '#b39c76', '#9c8a2a') +
  scatter(21, 26, 200, 200, 84, (x, y, random) => ellipse(x, y, 7, 5, '#a8283e', random() * 180) + circle(x - 2, y - 2, 1.6, '#f1a7b3')) +
  parsley(8, 9) + stroke('M140 160C180 190 220 170 262 190', '#6b4b3a', 5, 'opacity=".5"'));

const tabbouleh = plate('#d98e1f', '#f7f1e6', circle(200, 200, 112, '#6f8f35') +
  scatter(31, 260, 200, 200, 108, (x, y, random) =>
    leaf(x, y, 11 + random() * 12, ['#5a7a28', '#7fa03f', '#4c6b22', '#8fb14e'][Math.floor(random() * 4)], random() * 360)) +
  scatter(32, 34, 200, 200, 98, (x, y, random) => box(x, y, 13, 13, 4, '#c8372d', random() * 90)) +
  scatter(33, 80, 200, 200, 102, (x, y, random) => ellipse(x, y, 4, 3, '#ead9ad', random() * 180)) +
  path('M262 262a46 46 0 0 1 66 -18l-44 44z', '#f3d54e') + stroke('M274 262l42 -12', '#fbf0b2', 4));

const labneh = plate('#7a8f8a', '#5f7570', circle(200, 200, 118, '#fbf7ef') +
  stroke('M116 190C150 120 260 120 284 190C300 250 220 300 160 262C120 236 150 170 210 176', '#e6dcc9', 15) +
  stroke('M150 232C190 262 240 252 258 214', '#bda12e', 10, 'opacity=".8"') +
  scatter(41, 120, 200, 196, 84, (x, y, random) => ellipse(x, y, 4, 2, ['#6b6b2a', '#8a7a3a', '#4e5a22'][Math.floor(random() * 3)], random() * 180)) +
  sesame(42, 26, 84, '#d9bf85') + ring(3, 200, 200, 70, (x, y, turn) => leaf(x, y, 28, '#5e8f5a', turn + 60), 20));

const falafelBall = (x, y, seed) => ellipse(x + 3, y + 8, 37, 34, 'rgba(29,27,24,.25)') + circle(x, y, 36, '#8a5a2b') + circle(x - 4, y - 5, 29, '#a06b35') +
  scatter(seed, 24, x, y, 30, (dotX, dotY, random) => circle(dotX, dotY, 1.6 + random() * 2.4, random() > 0.5 ? '#6d431d' : '#c18a4d'));

const falafel = plate('#f7f3ea', '#ebe3d3', parsley(55, 16, 108) + ring(5, 200, 200, 76, (x, y, turn) => falafelBall(x, y, turn + 1), 18) +
  circle(200, 200, 40, '#c9bda5') + circle(200, 200, 34, '#f6ecd6') + stroke('M182 200C190 186 214 188 216 204', '#dcc999', 6) +
  scatter(56, 10, 200, 200, 20, (x, y) => circle(x, y, 1.8, '#a8283e')));

const halloumiSlice = (x, y, turn) => `<g transform="rotate(${turn} ${x} ${y})">${box(x - 52, y - 26, 108, 60, 12, 'rgba(29,27,24,.16)')}` +
  `${box(x - 54, y - 32, 108, 60, 12, '#f7e6b8')}${[-30, -4, 22].map((shift) => stroke(`M${x + shift} ${y - 26}l14 48`, '#9a5a22', 7, 'opacity=".75"')).join('')}</g>`;

const halloumi = plate('#3f4a2a', '#333d21', halloumiSlice(196, 140, -8) + halloumiSlice(166, 204, 12) + halloumiSlice(226, 258, -14) +
  ring(4, 200, 200, 98, (x, y) => circle(x, y, 17, '#c8372d') + circle(x - 5, y - 5, 5, '#ee8d80'), 6) + parsley(61, 10, 104) +
  scatter(62, 26, 200, 200, 90, (x, y) => circle(x, y, 2.2, '#d98e1f')));

const floret = (x, y, seed) => stroke(`M${x} ${y}l6 30`, '#e3cf9d', 15) +
  scatter(seed, 15, x, y, 27, (dotX, dotY, random) => circle(dotX, dotY, 11, ['#e9c977', '#dba94a', '#c98a2e'][Math.floor(random() * 3)])) +
  scatter(seed + 7, 9, x, y, 24, (dotX, dotY) => circle(dotX, dotY, 2.2, '#8a3b1d'));

const cauliflower = plate('#a8283e', '#8f1f33', ellipse(200, 208, 108, 98, '#f3e6cf') + floret(150, 158, 3) + floret(236, 150, 11) + floret(200, 206, 19) +
  floret(142, 234, 27) + floret(254, 232, 35) + stroke('M118 190C170 166 180 260 282 196', '#fbf5e8', 9, 'opacity=".9"') + parsley(66, 10, 90) +
  scatter(67, 14, 200, 200, 88, (x, y) => circle(x, y, 4, '#c21f3a')));

const skewer = (y, turn) => `<g transform="rotate(${turn} 200 ${y})">${box(46, y - 3, 308, 7, 3, '#b9b2a6')}` +
  [104, 162, 220].map((x) => box(x - 2, y - 20, 54, 46, 20, 'rgba(29,27,24,.2)') + box(x - 4, y - 24, 54, 46, 20, '#7b4528') + stroke(`M${x + 6} ${y - 14}l10 28M${x + 24} ${y - 14}l10 28`, '#4a2512', 5)).join('') + '</g>';

const kofta = plate('#efe7da', '#ded3c1', box(104, 118, 192, 170, 40, '#e8cf9c', -6) + skewer(156, -7) + skewer(208, -4) + skewer(258, -9) +
  scatter(71, 14, 200, 300, 40, (x, y, random) => stroke(`M${x} ${y - 16}q12 -10 24 2`, '#b3567f', 5, `opacity="${0.6 + random() * 0.4}"`)) + parsley(72, 8, 100) +
  circle(300, 128, 27, '#c8372d') + circle(300, 128, 19, '#e1604f'));

const shawarma = plate('#4b5f4a', '#f3e8d4', ellipse(200, 206, 110, 96, '#e6cf9f') + ellipse(200, 200, 110, 96, '#f1dfb7') +
  scatter(81, 46, 200, 200, 72, (x, y, random) => box(x - 20, y - 7, 44, 15, 7, ['#b8742f', '#9c5c22', '#d09a52'][Math.floor(random() * 3)], random() * 180)) +
  scatter(82, 12, 200, 200, 74, (x, y, random) => box(x, y, 30, 8, 4, '#f0a9bd', random() * 180)) +
  stroke('M130 178C170 200 200 160 276 206M136 236C180 216 220 262 266 236', '#fffaf0', 8) + parsley(83, 12, 80));

const fish = plate('#dfe8e6', '#cbd8d5', path('M76 206C120 138 232 132 292 196L338 156C330 186 330 226 340 254L292 216C236 276 122 270 76 206Z', '#8fa3a6') +
  path('M88 206C130 158 224 152 284 200C226 216 132 218 88 206Z', '#b4c4c4') + circle(116, 196, 7, '#22302f') + circle(118, 194, 2.4, '#fff') +
  stroke('M146 180c12 16 12 36 0 52', '#6d8284', 4) + [180, 214, 248].map((x) => stroke(`M${x} 176l-14 56`, '#4e5e5f', 6, 'opacity=".7"')).join('') +
  ring(3, 200, 284, 42, (x, y) => circle(x, y > 290 ? y - 14 : y, 23, '#f3d54e') + circle(x, y > 290 ? y - 14 : y, 16, '#fbeb9a'), 0) + parsley(92, 10, 104));

const bread = (x, y, radius, seed) => ellipse(x + 4, y + 10, radius, radius - 4, 'rgba(29,27,24,.2)') + circle(x, y, radius, '#e2ba78') + circle(x - 4, y - 5, radius - 9, '#efd09a') +
  scatter(seed, 16, x, y, radius - 20, (dotX, dotY, random) => ellipse(dotX, dotY, 6 + random() * 10, 4 + random() * 6, '#a8672a', random() * 180, `opacity="${0.35 + random() * 0.4}"`));

const pita = box(64, 78, 280, 262, 24, '#b98a56', -6) + box(76, 90, 256, 238, 18, '#f7f3ea', -6) + bread(150, 160, 74, 5) + bread(252, 176, 72, 15) + bread(196, 262, 76, 25) +
  ring(3, 200, 206, 26, (x, y, turn) => leaf(x, y, 36, '#5e8f5a', turn), 30);

const rice = plate('#c9a227', '#fbf6ea', scatter(101, 420, 200, 200, 104, (x, y, random) => ellipse(x, y, 8, 3.2, random() > 0.3 ? '#fffdf6' : '#efe2c4', random() * 180)) +
  scatter(102, 80, 200, 200, 98, (x, y, random) => box(x, y, 22, 4, 2, '#a8672a', random() * 180)) + scatter(103, 16, 200, 200, 76, (x, y) => ellipse(x, y, 8, 5, '#e8c98e', 30)) + parsley(104, 7, 70));

const diamond = (x, y) => path(`M${x} ${y - 40}l54 40l-54 40l-54 -40z`, 'rgba(29,27,24,.18)', 'transform="translate(3 8)"') + path(`M${x} ${y - 40}l54 40l-54 40l-54 -40z`, '#c98a2e') +
  path(`M${x} ${y - 30}l40 30l-40 30l-40 -30z`, '#e5b765') + stroke(`M${x - 26} ${y - 4}l26 -19M${x - 12} ${y + 6}l30 -22`, '#b3721f', 4) +
  scatter(x + y, 14, x, y, 13, (dotX, dotY) => circle(dotX, dotY, 3.4, '#7fa03f'));

const baklava = plate('#f4e9ee', '#e6d3da', diamond(200, 124) + diamond(140, 186) + diamond(260, 186) + diamond(200, 248) +
  scatter(111, 30, 200, 230, 100, (x, y) => circle(x, y, 2.4, '#6f9a3a')) + stroke('M104 256C150 300 240 306 300 250', '#d98e1f', 6, 'opacity=".6"'));

const kunafa = plate('#7fa03f', '#f4efe2', circle(200, 200, 106, '#d9771b') +
  scatter(121, 260, 200, 200, 100, (x, y, random) => stroke(`M${x} ${y}q${random() * 16 - 8} 8 ${random() * 22 - 11} 14`, ['#f0a03c', '#c9610f', '#f6bd68'][Math.floor(random() * 3)], 3)) +
  circle(200, 200, 44, '#8fb14e') + scatter(122, 90, 200, 200, 42, (x, y, random) => circle(x, y, 3.4, random() > 0.5 ? '#6f9a3a' : '#b6d06a')) +
  path('M200 200L322 150A132 132 0 0 1 330 226Z', '#fbf6ea', 'opacity=".92"') + stroke('M300 176c10 14 10 26 6 38', '#efe2c4', 9));

const tea = circle(204, 214, 128, 'rgba(29,27,24,.18)') + circle(200, 200, 128, '#d9a441') + circle(200, 200, 118, '#f4e3bd') + circle(200, 206, 88, 'rgba(29,27,24,.18)') +
  circle(200, 200, 86, '#f8fbf8') + circle(200, 200, 76, '#b9772a') + circle(194, 193, 68, '#cf9138') + ring(5, 200, 196, 12, (x, y, turn) => leaf(x, y, 44, turn % 2 ? '#4f9a5a' : '#3f8450', turn), 12) +
  stroke('M148 168a60 60 0 0 1 40 -30', '#f1d19b', 7) + box(282, 262, 34, 34, 7, '#fffdf8', 18) + box(256, 290, 30, 30, 7, '#fffdf8', -12);

const random = seeded(5);
const pomegranate = circle(204, 212, 104, 'rgba(29,27,24,.2)') + circle(200, 200, 104, '#eef3f3') + circle(200, 200, 94, '#8f1230') + circle(192, 191, 84, '#b71c40') +
  [[160, 160], [214, 150], [196, 214]].map(([x, y]) => box(x, y, 50, 50, 12, 'rgba(255,255,255,.32)', random() * 60) + stroke(`M${x + 12} ${y + 12}l14 -3`, '#fff', 4)).join('') +
  stroke('M232 232L306 92', '#f2c14e', 13) + path('M296 300a54 54 0 0 0 84 -34l-40 -32z', '#c8372d') + scatter(131, 26, 338, 274, 26, (x, y) => circle(x, y, 5, '#8f1230') + circle(x - 1, y - 2, 1.6, '#f1a7b3')) +
  leaf(88, 304, 62, '#5e8f5a', -24) + leaf(92, 310, 54, '#4f7f4b', 22);

export const dishes = {
  hummus: scene('#efe3cf', '#e0cfb2', hummus),
  aubergine: scene('#5b4a6b', '#6d5a80', aubergine),
  tabbouleh: scene('#f3ead9', '#e2d3b6', tabbouleh),
  labneh: scene('#d7e0d3', '#c3d0bd', labneh),
  falafel: scene('#d9a441', '#cc9430', falafel),
  halloumi: scene('#f0e2c8', '#e2cfa9', halloumi),
  cauliflower: scene('#e9d8c0', '#dcc6a6', cauliflower),
  kofta: scene('#a5533a', '#97472f', kofta),
  shawarma: scene('#e8dcc3', '#d9c9a6', shawarma),
  fish: scene('#2f5d62', '#3a6c71', fish),
  pita: scene('#e5d6be', '#d6c3a3', pita),
  rice: scene('#7a3b2e', '#8a4838', rice),
  baklava: scene('#5e6b2a', '#6d7b34', baklava),
  kunafa: scene('#f1dfd0', '#e4cbb5', kunafa),
  tea: scene('#3f6b57', '#4a7a64', tea),
  pomegranate: scene('#f1d9cf', '#e6c5b7', pomegranate),
};
