(() => {
  'use strict';
  const shell = parent;
  let frame = null;
  let refused = false;
  const tell = (message) => shell.postMessage({ ...message, k: 'mezze.webview' }, location.origin);
  addEventListener('securitypolicyviolation', (event) => {
    if (event.effectiveDirective !== 'frame-src') return;
    refused = true;
    tell({ type: 'refused', src: event.blockedURI });
  });
  const open = (src) => {
    refused = false;
    if (frame === null) {
      frame = document.createElement('iframe');
      frame.title = 'Web page';
      frame.allow = 'autoplay; encrypted-media';
      frame.addEventListener('load', () => {
        if (!refused) tell({ type: 'load' });
      });
      frame.src = src;
      document.body.append(frame);
    } else frame.src = src;
  };
  addEventListener('message', (event) => {
    const { data, source, origin } = event;
    if (typeof data !== 'object' || data === null) return;
    if (source === shell && origin === location.origin) {
      if (data.k === 'mezze.webview.open') open(String(data.src));
      else if (data.k === 'mezze.webview.answer' && frame !== null) {
        const { id, ok, value, target } = data;
        frame.contentWindow.postMessage({ k: 'mezze.webview.answer', id, ok, value }, target);
      }
    } else if (frame !== null && source === frame.contentWindow && data.k === 'mezze.webview.page') {
      tell({ type: 'page', origin, id: data.id, method: data.method, args: data.args });
    }
  });
  tell({ type: 'ready' });
})();
