/*
 * What a web page inside a mini app loads: `wx.miniProgram`, as the original's script gives it. Outside a mini app it
 * changes nothing but `getEnv`, which says so.
 *
 *   <script src="https://PLATFORM/webview/api.js"></script>
 */
(() => {
  'use strict';
  const script = document.currentScript;
  const platform = script && script.src ? new URL(script.src).origin : '';
  const inside = window.parent !== window && platform !== '';
  const waiting = new Map();
  let next = 1;

  const call = (method, options) => {
    const { success, fail, complete, ...args } = options || {};
    if (!inside) {
      const failure = { errMsg: `${method}:fail not in a mini program` };
      if (typeof fail === 'function') fail(failure);
      if (typeof complete === 'function') complete(failure);
      return;
    }
    const id = next++;
    waiting.set(id, { success, fail, complete });
    // The wrapper is the platform's own: nobody else gets the message.
    window.parent.postMessage({ k: 'mezze.webview.page', id, method, args }, platform);
  };

  addEventListener('message', (event) => {
    const { data } = event;
    if (event.source !== window.parent || event.origin !== platform) return;
    if (typeof data !== 'object' || data === null || data.k !== 'mezze.webview.answer') return;
    const callbacks = waiting.get(data.id);
    waiting.delete(data.id);
    if (callbacks === undefined) return;
    const then = data.ok ? callbacks.success : callbacks.fail;
    if (typeof then === 'function') then(data.value);
    if (typeof callbacks.complete === 'function') callbacks.complete(data.value);
  });

  const miniProgram = { getEnv: (callback) => callback({ miniprogram: inside }) };
  for (const name of ['navigateTo', 'navigateBack', 'switchTab', 'reLaunch', 'redirectTo', 'postMessage']) {
    miniProgram[name] = (options) => call(name, options);
  }
  window.wx = Object.assign(window.wx || {}, { miniProgram });
  if (!inside) return;
  window.__wxjs_environment = 'miniprogram';
  const title = () => call('title', { title: document.title });
  addEventListener('DOMContentLoaded', () => {
    title();
    const element = document.querySelector('title');
    if (element) new MutationObserver(title).observe(element, { childList: true, characterData: true, subtree: true });
  });
  if (typeof window.WeixinJSBridge === 'undefined') {
    window.WeixinJSBridge = { invoke: (_name, _args, callback) => callback && callback({ err_msg: 'fail' }), on: () => {} };
    document.dispatchEvent(new Event('WeixinJSBridgeReady'));
  }
})();
