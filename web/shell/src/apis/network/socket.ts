/** `connectSocket`: a WebSocket through the gate, whose first message says where to. */
import { literal, nullish, object, optional, record, safeParse, string, union } from 'valibot';
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { deadline, declaredUrl, gateTicket, headersOf, refusal } from './exchange';

type Args = Record<string, unknown>;

const mostSockets = 5;
const openSockets = new WeakMap<object, number>();

const answerSchema = union([
  object({
    state: literal('open'),
    protocol: optional(nullish(string())),
    headers: optional(record(string(), string()), {}),
  }),
  object({ state: literal('refused'), problem: object({ title: string(), detail: optional(string(), '') }) }),
]);

/** Answers at once; everything else is told by events of the task. */
export async function connectSocket(context: CallContext, args: Args): Promise<Args> {
  const url = declaredUrl(context, args.url, 'socket');
  const open = openSockets.get(context.app) ?? 0;
  if (open >= mostSockets) fail(`at most ${mostSockets} sockets at a time`);
  const ticket = await gateTicket(context);
  openSockets.set(context.app, open + 1);
  const protocols = Array.isArray(args.protocols) ? args.protocols.map(String) : [];
  const hello = { ticket, url, protocols, headers: headersOf(args.header) };
  new GateSocket(context, JSON.stringify(hello), args.timeout, () => {
    openSockets.set(context.app, Math.max(0, (openSockets.get(context.app) ?? 1) - 1));
  });
  return { socketTaskId: context.id };
}

class GateSocket {
  readonly #socket: WebSocket;
  readonly #finished: () => void;
  #state: 'connecting' | 'open' | 'closed' = 'connecting';

  constructor(
    private readonly context: CallContext,
    hello: string,
    timeout: unknown,
    ended: () => void,
  ) {
    const address = new URL('/gate/socket', location.origin);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#socket = new WebSocket(address);
    this.#socket.binaryType = 'arraybuffer';
    const limit = deadline(timeout);
    limit.signal.addEventListener('abort', () => {
      if (this.#state === 'connecting') this.#fail('timeout');
    });
    const removeTask = context.app.bridge.addTask(context.id, (method, args) => this.#task(method, args));
    this.#finished = () => {
      limit.clear();
      removeTask();
      ended();
    };
    this.#socket.onopen = () => this.#socket.send(hello);
    this.#socket.onmessage = ({ data }) => this.#message(data);
    this.#socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    this.#socket.onerror = () => this.#fail('the gate was not reached');
  }

  #task(method: string, args: Args): void {
    if (method === 'socket.send') {
      const { data } = args;
      if (this.#state !== 'open') this.#event('socket.error', { errMsg: 'sendSocketMessage:fail socket is not open' });
      else if (typeof data === 'string' || data instanceof ArrayBuffer) this.#socket.send(data);
    } else if (method === 'socket.close' || method === 'close') {
      const code = typeof args.code === 'number' && validCode(args.code) ? args.code : 1000;
      this.#socket.close(code, String(args.reason ?? '').slice(0, 40));
    }
  }

  #message(data: unknown): void {
    if (this.#state === 'open') {
      this.#event('socket.message', { data });
      return;
    }
    const answer = safeParse(answerSchema, parseJson(data));
    if (!answer.success) this.#fail('the gate answered in an unknown form');
    else if (answer.output.state === 'refused') this.#fail(refusal(answer.output.problem));
    else {
      this.#state = 'open';
      this.#event('socket.open', { header: answer.output.headers, protocol: answer.output.protocol ?? '' });
    }
  }

  #fail(reason: string): void {
    if (this.#state === 'closed') return;
    this.#event('socket.error', { errMsg: `connectSocket:fail ${reason}` });
    this.#closed(1006, reason);
    this.#socket.close();
  }

  #closed(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#event('socket.close', { code, reason });
    this.#finished();
  }

  #event(name: string, detail: unknown): void {
    this.context.app.bridge.event(name, detail, this.context.id);
  }
}

function validCode(code: number): boolean {
  return code === 1000 || (code >= 3000 && code <= 4999);
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
