/**
 * What a page frame under foreign control would try. Playwright runs these in the frame as its own script; it is not
 * bound by the frame's policy, the browser is. Each one asks the counting server for an address of its own.
 */
export type Breakout = (target: string) => unknown;

/** Requests that leave the frame where it is: all of them are tried in one frame. */
export const requests: Record<string, Breakout> = {
  fetch: (target) => void fetch(`${target}/frame-fetch`).catch(() => undefined),
  XMLHttpRequest: (target) => {
    const request = new XMLHttpRequest();
    request.open('GET', `${target}/frame-xhr`);
    request.send();
  },
  WebSocket: (target) => new WebSocket(`${target.replace('http', 'ws')}/frame-socket`),
  EventSource: (target) => new EventSource(`${target}/frame-events`),
  beacon: (target) => navigator.sendBeacon(`${target}/frame-beacon`),
  'late fetch': (target) => (globalThis as unknown as { fetchLater(url: string, options: object): unknown }).fetchLater(`${target}/frame-later`, { activateAfter: 0 }),
  picture: (target) => Object.assign(new Image(), { src: `${target}/frame-image` }),
  'picture in a set': (target) => Object.assign(new Image(), { srcset: `${target}/frame-srcset 1x` }),
  'picture of an input': (target) => document.body.append(Object.assign(document.createElement('input'), { type: 'image', src: `${target}/frame-input` })),
  'background attribute': (target) => document.body.setAttribute('background', `${target}/frame-background`),
  script: (target) => document.head.append(Object.assign(document.createElement('script'), { src: `${target}/frame-script` })),
  'module script': (target) => document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: `${target}/frame-module-script` })),
  'style sheet': (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${target}/frame-sheet` })),
  icon: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: `${target}/frame-icon` })),
  manifest: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: `${target}/frame-manifest` })),
  preload: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', href: `${target}/frame-preload` })),
  'module preload': (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: `${target}/frame-module` })),
  prefetch: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${target}/frame-prefetch` })),
  prerender: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'prerender', href: `${target}/frame-prerender` })),
  'speculation rules': (target) => document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: JSON.stringify({ prefetch: [{ source: 'list', urls: [`${target}/frame-speculation`], eagerness: 'immediate' }] }) })),
  preconnect: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: target })),
  'inline script': (target) => document.head.append(Object.assign(document.createElement('script'), { textContent: `fetch('${target}/frame-inline')` })),
  'handler attribute': (target) => document.body.insertAdjacentHTML('beforeend', `<img src="data:," onerror="fetch('${target}/frame-handler')">`),
  'compiled text': (target) => {
    setTimeout(`fetch('${target}/frame-compiled')`, 0);
  },
  'nested frame by text': (target) => document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: `<img src="${target}/frame-srcdoc"><link rel="prefetch" href="${target}/frame-srcdoc-prefetch">` })),
  'nested frame of markup': (target) => document.body.insertAdjacentHTML('beforeend', `<iframe srcdoc="&lt;img src='${target}/frame-markup'&gt;"></iframe>`),
  'nested frame, same origin': (target) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    void (frame.contentWindow as unknown as typeof globalThis).fetch(`${target}/frame-blank`).catch(() => undefined);
  },
  'nested frame of data': (target) => document.body.append(Object.assign(document.createElement('iframe'), { src: `data:text/html,<img src="${target}/frame-data">` })),
  object: (target) => document.body.append(Object.assign(document.createElement('object'), { data: `${target}/frame-object` })),
  'PDF in an embed': (target) => document.body.append(Object.assign(document.createElement('embed'), { type: 'application/pdf', src: `${target}/frame-embed.pdf` })),
  'PDF in an object': (target) => document.body.append(Object.assign(document.createElement('object'), { type: 'application/pdf', data: `${target}/frame-object.pdf` })),
  video: (target) => document.body.append(Object.assign(document.createElement('video'), { src: `${target}/frame-video`, poster: `${target}/frame-poster`, autoplay: true })),
  track: (target) => document.body.insertAdjacentHTML('beforeend', `<video src="data:video/mp4," autoplay><track default kind="captions" src="${target}/frame-track"></video>`),
  font: (target) => document.head.append(Object.assign(document.createElement('style'), { textContent: `@font-face{font-family:x;src:url(${target}/frame-font)}*{font-family:x!important}body::after{content:"x"}` })),
  'font by script': (target) => void new FontFace('y', `url(${target}/frame-face)`).load().catch(() => undefined),
  'import of styles': (target) => document.head.append(Object.assign(document.createElement('style'), { textContent: `@import url(${target}/frame-import);` })),
  'paint of styles': (target) => {
    document.body.style.cssText = `background:url(${target}/frame-paint);cursor:url(${target}/frame-cursor),auto;border-image:url(${target}/frame-border);list-style-image:url(${target}/frame-list);mask-image:url(${target}/frame-mask);filter:url(${target}/frame-filter#x);clip-path:url(${target}/frame-clip#x);content:url(${target}/frame-content);-webkit-box-reflect:below 0 url(${target}/frame-reflect);shape-outside:url(${target}/frame-shape);offset-path:url(${target}/frame-offset#x)`;
  },
  'paint worklet': (target) => void (CSS as unknown as { paintWorklet: { addModule(url: string): Promise<void> } }).paintWorklet.addModule(`${target}/frame-worklet`).catch(() => undefined),
  'audio worklet': (target) => void new AudioContext().audioWorklet.addModule(`${target}/frame-audio-worklet`).catch(() => undefined),
  vector: (target) => document.body.insertAdjacentHTML('beforeend', `<svg><image href="${target}/frame-vector"/><use href="${target}/frame-use#x"/><feImage href="${target}/frame-fe"/></svg>`),
  'dynamic import': (target) => void import(`${target}/frame-dynamic`).catch(() => undefined),
  worker: (target) => {
    const code = URL.createObjectURL(new Blob([`fetch('${target}/frame-worker').catch(() => 0); try { importScripts('${target}/frame-worker-script') } catch {} new Worker(URL.createObjectURL(new Blob(["fetch('${target}/frame-nested-worker').catch(() => 0)"])))`]));
    return new Worker(code);
  },
  'shared worker': (target) => new SharedWorker(`data:text/javascript,fetch('${target}/frame-shared')`),
  'service worker': (target) => void navigator.serviceWorker.register(`${target}/frame-service`).catch(() => undefined),
  WebTransport: (target) => new WebTransport(target.replace('http', 'https')),
  report: (target) => document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: `img-src 'none'; report-uri ${target}/frame-report` })),
  'new window': (target) => window.open(`${target}/frame-window`),
  'link to a new window': (target) => {
    const link = Object.assign(document.createElement('a'), { href: `${target}/frame-link`, target: '_blank' });
    document.body.append(link);
    link.click();
  },
  download: (target) => {
    const link = Object.assign(document.createElement('a'), { href: `${target}/frame-download`, download: 'x' });
    document.body.append(link);
    link.click();
  },
  // These two would lead the frame elsewhere: they come last.
  ping: (target) => {
    const link = Object.assign(document.createElement('a'), { href: '#x', ping: `${target}/frame-ping` });
    document.body.append(link);
    link.click();
  },
  form: (target) => {
    const form = Object.assign(document.createElement('form'), { action: `${target}/frame-form`, method: 'post' });
    document.body.append(form);
    form.submit();
  },
};

/** Those of the requests that ask for a document: Chromium may open a connection before the policy refuses it. */
export const documents = new Set(['object', 'PDF in an embed', 'PDF in an object', 'nested frame of data', 'new window', 'link to a new window', 'download', 'form', 'ping']);

/**
 * Frames that are told to go elsewhere, each tried in a frame of its own. Chromium may open a connection before the
 * policy refuses the navigation; nothing is sent over it. No script of a mini app runs in a frame, so none can cause it.
 */
export const navigations: Record<string, Breakout> = {
  'nested frame': (target) => document.body.append(Object.assign(document.createElement('iframe'), { src: `${target}/frame-frame` })),
  'nested PDF': (target) => document.body.append(Object.assign(document.createElement('iframe'), { src: `${target}/frame.pdf` })),
  'meta refresh': (target) => document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${target}/frame-refresh` })),
  'own navigation': (target) => {
    window.location.href = `${target}/frame-location`;
  },
  'navigation of the next window': (target) => {
    for (let index = 0; index < parent.frames.length; index += 1) parent.frames[index]?.location.assign(`${target}/frame-sibling`);
  },
  'top navigation': (target) => {
    if (window.top) window.top.location.href = `${target}/frame-top`;
  },
  'own navigation to data': (target) => {
    window.location.href = `data:text/html,<img src="${target}/frame-data-image">`;
  },
};
