/**
 * Entry of a page frame. It runs alone in an opaque-origin frame without network: what it draws comes from the logic
 * worker over the page port, what it needs (style sheets, pictures) from the shell over the frame port.
 */
import { baseStyle } from '../components/style';
import { FrameChannel } from './frame-channel';
import { HostServices } from './host-services';
import { PageView } from './page-view';
import { Resources } from './resources';
import { StyleSheets } from './style/sheets';

function start(port: MessagePort): void {
  let page: PageView | null = null;
  let path = '';
  const resources = new Resources({ send: (message) => channel.send(message), pagePath: () => path });
  const services = new HostServices((message) => channel.send(message));
  const sheets = new StyleSheets(resources, baseStyle);
  const channel = new FrameChannel(port, (message, ports) => {
    switch (message.k) {
      case 'attach': {
        const pagePort = ports[0];
        if (page !== null || pagePort === undefined) {
          channel.send({ k: 'console', level: 'error', text: '[view] attach came twice or without its port' });
          return;
        }
        path = message.path;
        document.documentElement.lang = message.locale;
        sheets.setTheme(message.theme);
        sheets.add(message.styles);
        page = new PageView(message, pagePort, channel, { resources, services }, sheets);
        return;
      }
      case 'styles':
        sheets.add(message.styles);
        return page?.restyled();
      case 'theme':
        sheets.setTheme(message.theme);
        return page?.restyled();
      case 'window':
        return page?.setWindow(message.window);
      case 'keyboard':
        return page?.keyboard.moved(Number(message.height) || 0, Number(message.covered) || 0);
      case 'covered':
        return page?.setCovered(message.covered);
      case 'top':
        return page?.toTop();
      case 'veil':
        return page?.setVeil(message.look);
      case 'resolved':
        return resources.receive(message);
      case 'hosted':
        return services.answered(message);
      case 'host.event':
        return services.told(message);
      case 'ping':
        return channel.send({ k: 'pong', sequence: message.sequence });
      case 'visibility':
        document.documentElement.classList.toggle('mz-hidden', !message.visible);
        return page?.setVisible(message.visible);
    }
  });
  addEventListener('error', (event) => channel.send({ k: 'console', level: 'error', text: `[view] ${event.message}` }));
  addEventListener('unhandledrejection', (event) =>
    channel.send({ k: 'console', level: 'error', text: `[view] ${String(event.reason)}` }),
  );
  channel.send({ k: 'booted' });
}

addEventListener('mezze.boot', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined;
  if (port !== undefined) start(port);
});
