/*
 * The test's stand-in for the shell and the logic worker, run in the page that embeds the frame.
 * `startHarness` resolves when the frame has booted and been attached.
 */
window.startHarness = async (view, bootstrap, options) => {
  const policy = [
    "default-src 'none'",
    "script-src 'unsafe-inline' blob:",
    "style-src 'unsafe-inline'",
    'img-src blob: data:',
    'font-src blob: data:',
    'media-src blob:',
    'worker-src blob:',
  ].join('; ');
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.srcdoc =
    '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${bootstrap}</scr` +
    'ipt><body>';
  document.body.append(frame);
  await new Promise((loaded) => frame.addEventListener('load', loaded, { once: true }));

  const shell = new MessageChannel();
  const logic = new MessageChannel();
  const toShell = [];
  const fromView = [];
  const acknowledged = new Map();
  const answered = new Map();
  const booted = Promise.withResolvers();
  shell.port1.onmessage = ({ data }) => {
    toShell.push(data);
    if (data.k === 'booted') booted.resolve();
    if (data.k === 'resolve') answer(data);
    if (data.k === 'host') serve(data);
  };
  const answer = ({ id, src }) => {
    const file = options.files?.[src];
    if (!file) return shell.port1.postMessage({ k: 'resolved', id, error: 'there is no such file' });
    const bytes = file.text.startsWith('base64:')
      ? Uint8Array.from(atob(file.text.slice(7)), (character) => character.charCodeAt(0))
      : file.text;
    shell.port1.postMessage({ k: 'resolved', id, blob: new Blob([bytes], { type: file.type }) });
  };
  const serve = ({ id, op }) => {
    const known = options.services && Object.hasOwn(options.services, op);
    const answered = known ? { value: options.services[op] } : { error: `the shell has no service "${op}"` };
    shell.port1.postMessage({ k: 'hosted', id, ...answered });
  };
  logic.port1.onmessage = ({ data }) => {
    fromView.push(data);
    if (data.k === 'ack') acknowledged.get(data.seq)?.resolve();
    if (data.k === 'result') answered.get(data.id)?.resolve(data);
    if (data.k === 'event') logic.port1.postMessage({ k: 'seen', seq: data.event.seq });
    if (data.k === 'page') logic.port1.postMessage({ k: 'seen', seq: data.seq });
  };
  frame.contentWindow.postMessage(
    { k: 'mezze.boot', role: 'view', code: new Blob([view], { type: 'text/javascript' }) },
    '*',
    [shell.port2],
  );
  await booted.promise;
  shell.port1.postMessage(
    {
      k: 'attach',
      pageId: 1,
      path: 'pages/index/index',
      styles: options.styles ?? [],
      window: options.window ?? {},
      componentStyle: options.componentStyle ?? 'v2',
      layout: options.layout,
      theme: options.theme ?? 'light',
      locale: options.locale ?? 'en',
      safeAreaBottom: 34,
    },
    [logic.port2],
  );
  window.harness = {
    fromView,
    toShell,
    shell: (message) => shell.port1.postMessage(message),
    batch: (seq, ops) => {
      const waiting = Promise.withResolvers();
      acknowledged.set(seq, waiting);
      logic.port1.postMessage({ k: 'ops', seq, ops });
      const violated = setInterval(() => {
        if (toShell.some((message) => message.k === 'violation')) waiting.resolve();
      }, 20);
      return waiting.promise.finally(() => clearInterval(violated));
    },
    invoke: async (id, node, method, args) => {
      const waiting = Promise.withResolvers();
      answered.set(id, waiting);
      logic.port1.postMessage({ k: 'invoke', id, node, method, args });
      const { value, error } = await waiting.promise;
      if (error !== undefined) throw new Error(error);
      return value;
    },
    logicPort: logic.port1,
  };
};
