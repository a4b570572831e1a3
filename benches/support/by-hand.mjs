/**
 * The list page of `list-app` as hand-written DOM code, in a frame like a page frame: sandboxed, opaque origin,
 * phone size, the same rows and styles. Times go from the change to completed layout.
 */
import { phone } from './browser.mjs';

const style = `
  body { margin: 0; font: 16px/1.4 sans-serif; }
  .row { display: flex; height: 32px; line-height: 32px; border-bottom: 1px solid #eee; }
  .selected { background: #fbeed8; }
  .id { width: 80px; }`;

/** Runs in the frame; answers its parent with the times. */
async function script() {
  const rounds = 7;
  const smallChanges = 200;
  const list = document.createElement('div');
  const mark = document.createElement('span');
  document.body.append(mark, list);
  const words = ['hummus', 'falafel', 'labneh', 'kofta', 'pita', 'baklava', 'kunafa', 'tabbouleh'];
  let nextId = 1;
  const rows = [];
  const makeRow = () => {
    const id = nextId;
    nextId += 1;
    const row = document.createElement('div');
    row.className = 'row';
    const first = row.appendChild(document.createElement('span'));
    first.className = 'id';
    first.textContent = String(id);
    const label = row.appendChild(document.createElement('span'));
    label.textContent = `${words[id % 8]} with ${words[(id * 5) % 8]} no ${id}`;
    return { row, label };
  };
  const append = (count) => {
    const fragment = document.createDocumentFragment();
    for (let index = 0; index < count; index += 1) {
      const made = makeRow();
      rows.push(made);
      fragment.append(made.row);
    }
    list.append(fragment);
  };
  const times = {};
  const timed = (name, change, divide = 1) => {
    const begin = performance.now();
    change();
    list.getBoundingClientRect();
    (times[name] ??= []).push((performance.now() - begin) / divide);
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
  for (let round = 0; round < rounds; round += 1) {
    await pause();
    timed('create 1,000', () => append(1000));
    await pause();
    timed('change every tenth', () => {
      for (let index = 0; index < 1000; index += 10) rows[index].label.textContent += ' !';
    });
    await pause();
    timed('select one', () => rows[500].row.classList.add('selected'));
    await pause();
    timed('swap two', () => {
      const [one, other] = [rows[1], rows[998]];
      const after = other.row.nextSibling;
      list.insertBefore(other.row, rows[2].row);
      list.insertBefore(one.row, after);
      rows[1] = other;
      rows[998] = one;
    });
    await pause();
    timed('append 1,000', () => append(1000));
    await pause();
    timed('small change in 2,000', () => {
      for (let change = 0; change < smallChanges; change += 1) {
        rows[(change * 37) % 2000].label.textContent = `small change ${change}`;
        list.getBoundingClientRect();
      }
    }, smallChanges);
    await pause();
    timed('clear 2,000', () => {
      list.replaceChildren();
      rows.length = 0;
    });
    await pause();
    timed('round trip', () => {
      for (let change = 0; change < smallChanges; change += 1) {
        mark.textContent = String(change);
        list.getBoundingClientRect();
      }
    }, smallChanges);
  }
  parent.postMessage(times, '*');
}

export async function measureByHand(browser) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  try {
    await page.setContent('<!doctype html><body style="margin:0">');
    return await page.evaluate(([text, code]) => new Promise((resolve) => {
      addEventListener('message', (event) => resolve(event.data), { once: true });
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.style.cssText = 'width:390px;height:756px;border:0';
      frame.srcdoc = `<!doctype html><style>${text}</style><body><script>(${code})()<\/script>`;
      document.body.append(frame);
    }), [style, script.toString()]);
  } finally {
    await context.close();
  }
}
