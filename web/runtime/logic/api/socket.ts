/** Sockets: a task each, and WeChat's older global form, which speaks of the socket that was opened first. */
import { type ApiContext, callingPage, type EventImplementation, type Implementations } from './context';
import { type Arguments, fail, prepareEnd, type Settle, succeed } from './outcome';

type Listener = (detail: unknown) => void;
type SocketEvent = 'open' | 'message' | 'error' | 'close';

const maximumSockets = 5;

class Socket {
  readyState = 0;
  readonly listeners: Record<SocketEvent, Set<Listener>> = {
    open: new Set(),
    message: new Set(),
    error: new Set(),
    close: new Set(),
  };

  constructor(
    private readonly context: ApiContext,
    readonly task: number,
  ) {}

  emit(event: SocketEvent, detail: unknown): void {
    for (const listener of this.listeners[event]) {
      this.context.reporter.guard(`socket ${event}`, () => listener(detail));
    }
  }

  send(args: Arguments, settle: Settle, api: string): void {
    if (this.readyState !== 1) settle(fail(api, 'WebSocket is not connected'));
    else {
      this.context.bridge.messageTask(this.task, 'socket.send', { data: args.data });
      settle(succeed());
    }
  }

  close(args: Arguments, settle: Settle, api: string): void {
    if (this.readyState >= 2) settle(fail(api, 'WebSocket is not connected'));
    else {
      this.readyState = 2;
      const { code = 1000, reason = '' } = args;
      this.context.bridge.messageTask(this.task, 'socket.close', { code, reason });
      settle(succeed());
    }
  }
}

export function socketApis(context: ApiContext): Pick<Implementations, 'calls' | 'events' | 'tasks'> {
  const open = new Set<Socket>();
  const globalListeners: Record<SocketEvent, Listener | undefined> = {
    open: undefined,
    message: undefined,
    error: undefined,
    close: undefined,
  };
  const deliver = (socket: Socket, event: SocketEvent, detail: Arguments) => {
    if (event === 'open') socket.readyState = 1;
    const first = [...open][0] === socket;
    if (event === 'close' || event === 'error') {
      socket.readyState = 3;
      open.delete(socket);
      context.bridge.endTask(socket.task);
    }
    socket.emit(event, detail);
    const listener = globalListeners[event];
    if (first && listener !== undefined) context.reporter.guard(`onSocket ${event}`, () => listener(detail));
  };
  const connect = (args: Arguments, settle: Settle): object => {
    if (open.size >= maximumSockets) {
      settle(fail('connectSocket', `exceed max task count ${maximumSockets}`));
      return taskObject(context, undefined);
    }
    const sent = { timeout: context.config.networkTimeout.connectSocket, ...args };
    const task: number = context.bridge.call('connectSocket', sent, callingPage(context), (result) => {
      if (!result.ok) deliver(socket, 'error', { errMsg: result.failure.errMsg });
      settle(result.ok ? { ok: true, value: { socketTaskId: task } } : result);
    });
    const socket = new Socket(context, task);
    open.add(socket);
    context.bridge.listenToTask(task, (name, detail) =>
      deliver(socket, name.replace('socket.', '') as SocketEvent, detail),
    );
    return taskObject(context, socket);
  };
  const globalEvent = (event: SocketEvent): EventImplementation => ({
    on: (listener) => {
      globalListeners[event] = listener;
    },
    off: () => {
      globalListeners[event] = undefined;
    },
  });
  const first = (api: string, settle: Settle): Socket | undefined => {
    const socket = [...open][0];
    if (socket === undefined) settle(fail(api, 'WebSocket is not connected'));
    return socket;
  };
  return {
    tasks: { connectSocket: connect },
    calls: {
      sendSocketMessage: (args, settle) => first('sendSocketMessage', settle)?.send(args, settle, 'sendSocketMessage'),
      closeSocket: (args, settle) => first('closeSocket', settle)?.close(args, settle, 'closeSocket'),
    },
    events: {
      onSocketOpen: globalEvent('open'),
      onSocketMessage: globalEvent('message'),
      onSocketError: globalEvent('error'),
      onSocketClose: globalEvent('close'),
    },
  };
}

function taskObject(context: ApiContext, socket: Socket | undefined): object {
  const ending = (api: string, options: unknown, run: (args: Arguments, settle: Settle) => void) => {
    const { args, settle, result } = prepareEnd(api, (options ?? {}) as Arguments, context.reporter, (callback) =>
      context.host.queueMicrotask(callback),
    );
    run(args, settle);
    return result;
  };
  const on = (event: SocketEvent) => (listener: Listener) => {
    if (typeof listener === 'function') socket?.listeners[event].add(listener);
  };
  return {
    CONNECTING: 0,
    OPEN: 1,
    CLOSING: 2,
    CLOSED: 3,
    get readyState() {
      return socket?.readyState ?? 3;
    },
    send: (options: unknown) =>
      ending('sendSocketMessage', options, (args, settle) =>
        socket ? socket.send(args, settle, 'sendSocketMessage') : settle(fail('sendSocketMessage', 'not connected')),
      ),
    close: (options: unknown) =>
      ending('closeSocket', options, (args, settle) =>
        socket ? socket.close(args, settle, 'closeSocket') : settle(fail('closeSocket', 'not connected')),
      ),
    onOpen: on('open'),
    onMessage: on('message'),
    onError: on('error'),
    onClose: on('close'),
  };
}
