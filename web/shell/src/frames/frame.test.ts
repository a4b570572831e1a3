import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Frame } from './frame';

vi.mock('./document', () => ({ frameDocument: () => '' }));
vi.mock('./runtime-code', () => ({ runtimeCode: () => Promise.resolve('') }));

/** The other end of the frame's port, as its runtime has it. */
let inside: MessagePort;

beforeEach(() => {
  vi.stubGlobal('location', { origin: 'https://host.example' });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', { createElement: iframe });
});

afterEach(() => vi.unstubAllGlobals());

function iframe(): unknown {
  const contentWindow = {
    postMessage: (_message: unknown, _target: string, [port]: MessagePort[]) => {
      if (port === undefined) throw new Error('the frame got no port');
      inside = port;
      inside.postMessage({ k: 'booted' });
    },
  };
  const element = Object.assign(new EventTarget(), {
    setAttribute: () => undefined,
    remove: () => undefined,
    contentWindow,
  });
  queueMicrotask(() => element.dispatchEvent(new Event('load')));
  return element;
}

async function opened(): Promise<{ frame: Frame; heard: unknown[] }> {
  const heard: unknown[] = [];
  const frame = new Frame('view', '');
  frame.onMessage = (message) => heard.push(message);
  await frame.booted;
  return { frame, heard };
}

const delivered = () => new Promise((resolve) => setTimeout(resolve, 30));

it('takes every answer of a thread that was silent for a while as one', async () => {
  const { frame, heard } = await opened();
  const asked: number[] = [];
  inside.onmessage = ({ data }) => asked.push(data.sequence);
  const answers = Promise.all([frame.answers(), frame.answers(), frame.answers()]);
  await delivered();
  for (const sequence of asked) inside.postMessage({ k: 'pong', sequence });
  await answers;
  await delivered();
  expect(asked).toHaveLength(3);
  expect(heard).toEqual([]);
  frame.destroy();
});

it('settles nothing by a number that nobody asked, or a second time, and passes that on', async () => {
  const { frame, heard } = await opened();
  let settled = false;
  void frame.answers().then(() => {
    settled = true;
  });
  inside.postMessage({ k: 'pong', sequence: 7 });
  inside.postMessage({ k: 'pong' });
  await delivered();
  expect(settled).toBe(false);
  expect(heard).toEqual([{ k: 'pong', sequence: 7 }, { k: 'pong' }]);
  inside.onmessage = ({ data }) => {
    inside.postMessage({ k: 'pong', sequence: data.sequence });
    inside.postMessage({ k: 'pong', sequence: data.sequence });
  };
  await frame.answers();
  await delivered();
  // Both questions, the first one too, were answered twice.
  expect(heard).toHaveLength(4);
  frame.destroy();
});
