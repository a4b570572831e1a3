/**
 * The list page of `list-app` as hand-written DOM code, in a frame like a page frame: sandboxed, opaque origin,
 * phone size, the same rows and styles. Measured twice, both to completed layout:
 *
 * - `dom`: the frame changes its own page, nobody else takes part;
 * - `port`: a worker names the change by a message of one number, the frame carries it out by the same code, lays out and
 *   answers; the worker counts from its message to the answer. Nothing is compared, copied or checked: this is the least
 *   that a change can take where an app's code runs apart from its page.
 */
import { phone } from './browser.mjs';

const style = `
  body { margin: 0; font: 16px/1.4 sans-serif; }
  .row { display: flex; height: 32px; line-height: 32px; border-bottom: 1px solid #eee; }
  .selected { background: #fbeed8; }
  .id { width: 80px; }`;

/** What is measured, in the order of a round: name, how many changes it is the mean of. */
const measured = [
  ['create 1,000', 1], ['change every tenth', 1], ['select one', 1], ['swap two', 1], ['append 1,000', 1],
  ['small change in 2,000', 200], ['clear 2,000', 1], ['round trip after a pause', 1], ['round trip', 200],
];

/** Runs in the frame: the changes by name, each with the number of its repetition. */
function makePage() {
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
  const setMark = (change) => {
    mark.textContent = String(change);
  };
  const changes = {
    'create 1,000': () => append(1000),
    'change every tenth': () => {
      for (let index = 0; index < 1000; index += 10) rows[index].label.textContent += ' !';
    },
    'select one': () => rows[500].row.classList.add('selected'),
    'swap two': () => {
      const [one, other] = [rows[1], rows[998]];
      const after = other.row.nextSibling;
      list.insertBefore(other.row, rows[2].row);
      list.insertBefore(one.row, after);
      rows[1] = other;
      rows[998] = one;
    },
    'append 1,000': () => append(1000),
    'small change in 2,000': (change) => {
      rows[(change * 37) % 2000].label.textContent = `small change ${change}`;
    },
    'clear 2,000': () => {
      list.replaceChildren();
      rows.length = 0;
    },
    'round trip after a pause': setMark,
    'round trip': setMark,
  };
  return (name, change) => {
    changes[name](change);
    list.getBoundingClientRect();
  };
}

/** Runs in the frame, or in the worker: times of all changes; `carryOut` does one. */
async function measureRounds(measured, carryOut) {
  const rounds = 11;
  const times = {};
  const nextMillisecond = () => {
    for (const at = Date.now(); Date.now() === at; );
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, count] of measured) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      nextMillisecond();
      const begin = performance.now();
      for (let change = 0; change < count; change += 1) {
        const done = carryOut(name, change);
        if (done !== undefined) await done;
      }
      (times[name] ??= []).push((performance.now() - begin) / count);
    }
  }
  return times;
}

/** Runs in the frame without a worker; answers its parent with the times. */
async function alone(measured, makePage, measureRounds) {
  parent.postMessage(await measureRounds(measured, makePage()), '*');
}

/** Runs in the frame; a worker measures. */
function behindPort(measured, makePage, measureRounds) {
  const carryOut = makePage();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (typeof data === 'object') parent.postMessage(data, '*');
    else {
      carryOut(measured[data % 16][0], Math.floor(data / 16));
      port1.postMessage(0);
    }
  };
  const inWorker = (measured, measureRounds) => {
    addEventListener('message', async ({ data: port }) => {
      let answered;
      port.onmessage = () => answered();
      const carryOut = (name, change) => new Promise((resolve) => {
        answered = resolve;
        port.postMessage(measured.findIndex(([one]) => one === name) + 16 * change);
      });
      port.postMessage(await measureRounds(measured, carryOut));
    });
  };
  const code = `(${inWorker})(${JSON.stringify(measured)}, ${measureRounds})`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  worker.postMessage(port2, [port2]);
}

async function measureIn(browser, script) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  try {
    await page.setContent('<!doctype html><body style="margin:0">');
    const code = `(${script})(${JSON.stringify(measured)}, ${makePage}, ${measureRounds})`;
    return await page.evaluate(([text, code]) => new Promise((resolve) => {
      addEventListener('message', (event) => resolve(event.data), { once: true });
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.style.cssText = 'width:390px;height:756px;border:0';
      frame.srcdoc = `<!doctype html><style>${text}</style><body><script>${code}<\/script>`;
      document.body.append(frame);
    }), [style, code]);
  } finally {
    await context.close();
  }
}

/** Samples in milliseconds by change, both ways. */
export async function measureByHand(browser) {
  return { dom: await measureIn(browser, alone), port: await measureIn(browser, behindPort) };
}
