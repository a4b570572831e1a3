/** The frame's port to the shell: checks what comes in, types what goes out. */
import type { FrameToShell, ShellToFrame } from '../protocol';

export class FrameChannel {
  constructor(
    private readonly port: MessagePort,
    receive: (message: ShellToFrame, ports: readonly MessagePort[]) => void,
  ) {
    port.onmessage = (event: MessageEvent<unknown>) => {
      const message = event.data;
      if (isShellMessage(message)) receive(message, event.ports);
      else this.send({ k: 'console', level: 'error', text: '[view] the shell sent a message of an unknown kind' });
    };
  }

  send(message: FrameToShell): void {
    this.port.postMessage(message);
  }
}

const kinds: Record<ShellToFrame['k'], (message: Record<string, unknown>) => boolean> = {
  attach: (message) =>
    typeof message['pageId'] === 'number' && Array.isArray(message['styles']) && isRecord(message['window']),
  styles: (message) => Array.isArray(message['styles']),
  ping: (message) => typeof message['sequence'] === 'number',
  visibility: (message) => typeof message['visible'] === 'boolean',
  covered: (message) => typeof message['covered'] === 'boolean',
  theme: (message) => message['theme'] === 'light' || message['theme'] === 'dark',
  window: (message) => isRecord(message['window']),
  keyboard: (message) => typeof message['height'] === 'number' && typeof message['covered'] === 'number',
  top: () => true,
  veil: (message) => message['look'] === undefined || isRecord(message['look']),
  resolved: (message) => typeof message['id'] === 'number',
  hosted: (message) => typeof message['id'] === 'number',
  'host.event': (message) => typeof message['node'] === 'number' && typeof message['name'] === 'string',
};

function isShellMessage(message: unknown): message is ShellToFrame {
  if (!isRecord(message) || typeof message['k'] !== 'string' || !Object.hasOwn(kinds, message['k'])) return false;
  return kinds[message['k'] as ShellToFrame['k']](message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
