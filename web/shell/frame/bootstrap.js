/*
 * Starts a frame. It runs inline in an opaque origin and is the only inline script that the policy allows.
 * The parent sends the code once, with the port that the code then talks over; see runtime/protocol/boot.ts.
 */
(() => {
  const failed = (message) => parent.postMessage({ k: 'mezze.boot.failed', message: String(message) }, '*');
  const startLogic = (url, port) => {
    const worker = new Worker(url);
    worker.onerror = (event) => failed(event.message || 'the logic worker did not start');
    worker.postMessage({ k: 'mezze.boot' }, [port]);
  };
  const startView = (url, port) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => window.dispatchEvent(new MessageEvent('mezze.boot', { ports: [port] }));
    script.onerror = () => failed('the view runtime did not load');
    document.head.append(script);
  };
  const receive = (event) => {
    if (event.source !== parent || !event.data || event.data.k !== 'mezze.boot') return;
    removeEventListener('message', receive);
    const url = URL.createObjectURL(event.data.code);
    (event.data.role === 'logic' ? startLogic : startView)(url, event.ports[0]);
  };
  addEventListener('message', receive);
})();
