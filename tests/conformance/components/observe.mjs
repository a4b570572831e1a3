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
      for (const name of style) seen[`${key} ${pseudo ?? ''}${name}`] = style.getPropertyValue(name);
    }
  }
  seen['root font'] = getComputedStyle(document.documentElement).fontSize;
  seen['root style'] = page.getAttribute('style') ?? '';
  seen['scroll'] = `${document.scrollingElement?.scrollTop} ${page.scrollTop}`;
  return seen;
}

export async function observe(stage, { picture = false, shell = false } = {}) {
  const frame = await stage.shown();
  const seen = await frame.evaluate(look);
  seen.roles = await frame.locator('body').ariaSnapshot({ timeout: 2000 }).catch(() => '');
  if (shell) seen.shell = await stage.tab.locator('body').ariaSnapshot({ timeout: 2000 }).catch(() => '');
  if (picture || shell) seen.picture = (await stage.tab.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64');
  // How many of an event come is a matter of chance, and so may be what the last one says.
  seen.events = [...new Set(stage.events.map(({ type }) => type))].sort().join(' ');
  for (const { type, detail } of stage.events) seen[`event ${type}`] = JSON.stringify(detail, rounded);
  return seen;
}

/** Times and fractions differ from run to run. */
function rounded(key, value) {
  if (/time/i.test(key)) return undefined;
  return typeof value === 'number' ? Math.round(value) : value;
}

/** Entries that the change made different, without those that differ between two looks at the same. */
export function effects(first, again, changed) {
  const names = new Set([...Object.keys(first), ...Object.keys(changed)]);
  return [...names].filter((name) => first[name] === again[name] && first[name] !== changed[name]);
}
