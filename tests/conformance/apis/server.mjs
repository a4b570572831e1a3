/** What the network cases talk to: an answer in words, an upload, and a socket that says the same back. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const key = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Starts it on a free port; gives addresses and how to stop. */
export async function startServer() {
  const sockets = new Set();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(request.url.startsWith('/none') ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ words: request.url }));
    });
  });
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${key}`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    // Frames are read and dropped: the cases only open and close.
    socket.on('data', () => {}).on('error', () => {});
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  return {
    http: `http://127.0.0.1:${port}`,
    socket: `ws://127.0.0.1:${port}/socket`,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
