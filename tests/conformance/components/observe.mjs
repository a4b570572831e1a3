/**
 * What can be seen of the case that is shown: boxes, computed styles and texts of the component and its parts, its
 * roles and names, and the events it sent. Two observations of the same case tell what changes by itself.
 */

/** Runs in the page frame: a flat record, so that two can be compared entry by entry. */
function look() {
  const subject = document.querySelector('[id$="subject"]');
  const seen = {};
  const page = document.querySelector('mz-page') ?? document.body;
  const roots = subject === null ? [document.body] : [subject.parentElement ?? page, document.body];
  const nodes = new Set([subject ?? page, ...roots.flatMap((root) => [...root.querySelectorAll('*')])]);
  let index = 0;
  // What others among them, or boxes, tell already.
  const told = /^(-webkit-(?!line-clamp|text-fill)|inset-|inline-size|block-size|perspective-origin|transform-origin|(margin|padding|border|overflow|overscroll-behavior|min|max|scroll-margin|scroll-padding|contain-intrinsic)-(block|inline)|border-(start|end)-)/;
  let names;
  for (const node of nodes) {
    if (index > 400) break;
    if (node.closest('#control') !== null) continue;
    const key = `${index++} ${node.localName}`;
    seen[`${key} class`] = String(node.className?.baseVal ?? node.className ?? '');
    const own = [...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data.trim()).join('');
    if (own !== '') seen[`${key} text`] = own;
    for (const member of ['value', 'checked', 'disabled', 'placeholder', 'scrollTop', 'scrollLeft', 'src', 'inputMode', 'enterKeyHint', 'type', 'maxLength', 'autocomplete', 'muted', 'loop', 'autoplay', 'currentTime', 'selectionStart', 'selectionEnd']) {
      const value = node[member];
      if (['string', 'number', 'boolean'].includes(typeof value) && !String(value).startsWith('blob:')) seen[`${key} ${member}`] = value;
    }
    if (document.activeElement === node) seen[`${key} focused`] = true;
    const box = node.getBoundingClientRect();
    seen[`${key} box`] = [box.x, box.y, box.width, box.height].map((each) => Math.round(each * 4) / 4).join(' ');
    for (const pseudo of [null, '::before', '::after']) {
      const style = getComputedStyle(node, pseudo);
      if (pseudo !== null && style.content === 'none') continue;
      names ??= [...style].filter((name) => !told.test(name));
      for (const name of names) seen[`${key} ${pseudo ?? ''}${name}`] = style.getPropertyValue(name);
    }
  }
  seen['root font'] = getComputedStyle(document.documentElement).fontSize;
  seen['root style'] = page.getAttribute('style') ?? '';
  seen['scroll'] = `${document.scrollingElement?.scrollTop} ${page.scrollTop}`;
  return seen;
}

/** Runs in any frame: what moves by itself there, from where to where, how fast and by which way. */
function motions() {
  const roots = [document];
  for (const root of roots) roots.push(...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [shadowRoot])));
  return roots.flatMap((root) => root.getAnimations()).filter((each) => each.effect?.getComputedTiming().endTime !== Infinity).map((each) => {
    const { duration, easing, direction } = each.effect.getTiming();
    const frames = each.effect.getKeyframes().map(({ computedOffset, composite, offset, ...rest }) => rest);
    return `${each.effect.target?.localName} ${JSON.stringify({ duration, easing, direction, frames })}`;
  }).sort();
}

/** Runs in the shell: its bar above the page, which changes colours over time. */
function bar() {
  const open = [document];
  for (const root of open) {
    const found = root.querySelector('header.bar');
    if (found !== null) {
      const { backgroundColor, transitionDuration, transitionTimingFunction } = getComputedStyle(found);
      return { target: found.style.backgroundColor || backgroundColor, transitionDuration, transitionTimingFunction };
    }
    for (const node of root.querySelectorAll('*')) if (node.shadowRoot !== null) open.push(node.shadowRoot);
  }
  return null;
}

export async function observe(stage, { picture = false, shell = false, motion = false, device = false, order = false } = {}) {
  // First of all: what moves now does not for long.
  const moving = motion ? await stage.tab.evaluate(motions) : [];
  const frame = await stage.shown();
  const seen = await frame.evaluate(look);
  if (motion) seen.moving = moving.join('\n');
  if (device) {
    seen.asked = (await stage.asked()).join('\n');
    // The shell moves a page as a whole.
    const place = await (await frame.frameElement()).boundingBox();
    seen.place = `${place?.y} ${place?.height}`;
  }
  if (shell) seen.bar = JSON.stringify(await stage.tab.evaluate(bar));
  if (order) seen.order = sequence(stage.events);
  seen.roles = await frame.locator('body').ariaSnapshot({ timeout: 10_000 }).catch(() => '');
  if (shell) seen.shell = await stage.tab.locator('body').ariaSnapshot({ timeout: 10_000 }).catch(() => '');
  if (picture || shell) seen.picture = (await stage.tab.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64');
  // How many of an event come is a matter of chance, and so may be what the last one says.
  seen.events = [...new Set(stage.events.map(({ type }) => type))].sort().join(' ');
  for (const { type, detail } of stage.events) seen[`event ${type}`] = JSON.stringify(detail, rounded);
  return seen;
}

/** In which order events came: one that came several times in a row counts as many, and a pause between two is told. */
function sequence(events) {
  const told = [];
  let last = events[0]?.timeStamp;
  for (const { type, timeStamp } of events) {
    if (told.at(-1)?.replace(' (many)', '') === type) told[told.length - 1] = `${type} (many)`;
    else told.push(...(timeStamp - last > 80 ? ['…'] : []), type);
    last = timeStamp;
  }
  return told.join(' ');
}

/** Times, fractions and names of temporary files differ from run to run. */
function rounded(key, value) {
  if (/time/i.test(key)) return undefined;
  if (typeof value === 'string') return value.replaceAll(/wxfile:\/\/tmp[^"]*/g, 'wxfile://tmp');
  return typeof value === 'number' ? Math.round(value) : value;
}

/**
 * Entries that the change made different, without those that differ between two looks at the same. Where a motion
 * never ends at quite the same place, boxes count as the same within `margin` pixels.
 */
export function effects(first, again, changed, margin = 0) {
  const same = (name, one, other) =>
    one === other || (margin > 0 && name.endsWith(' box') && one !== undefined && other !== undefined && near(one, other, margin));
  const names = new Set([...Object.keys(first), ...Object.keys(changed)]);
  return [...names].filter((name) => same(name, first[name], again[name]) && !same(name, first[name], changed[name]));
}

function near(one, other, margin) {
  const numbers = other.split(' ').map(Number);
  return one.split(' ').every((number, index) => Math.abs(Number(number) - numbers[index]) <= margin);
}
