/** What the operator added to the APIs of mini apps; the platform carries it out by services of the operator's. */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { literal, number, object, optional, record, safeParse, string, unknown, variant } from 'valibot';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { problemOf } from '../platform/problem';
import { asApiFailure, deadline, gateTicket, refusal } from './network/exchange';

type Args = Record<string, unknown>;

/** As sockets: what stays open is counted. */
const mostFollowed = 5;
const followed = new WeakMap<object, number>();

const answerSchema = variant('state', [
  object({ state: literal('done'), value: record(string(), unknown()) }),
  object({ state: literal('failed'), reason: string(), errno: optional(number()) }),
]);

export const extensionApis = {
  async extBridge(context: CallContext, { module, event, data = {} }: Args): Promise<Args> {
    const limit = deadline(undefined);
    try {
      const headers = { 'Mezze-Gate-Ticket': await gateTicket(context), 'Content-Type': 'application/json' };
      const body = JSON.stringify(data);
      const address = addressOf(module, 'calls', event);
      const response = await fetch(address, { method: 'POST', headers, body, signal: limit.signal });
      if (!response.ok) return fail(refusal(await problemOf(response)));
      const answer = safeParse(answerSchema, await response.json());
      if (!answer.success) return fail('the platform answered in an unknown form');
      if (answer.output.state === 'failed') return fail(answer.output.reason, answer.output.errno);
      return answer.output.value;
    } catch (failure) {
      throw asApiFailure(failure, limit.signal);
    } finally {
      limit.clear();
    }
  },
};

/** The runtime's own: ends when the module has nothing more to tell, or the app listens no longer. */
export async function followExtension(context: CallContext, { module, event }: Args): Promise<Args> {
  const { app, id } = context;
  const open = followed.get(app) ?? 0;
  if (open >= mostFollowed) fail(`at most ${mostFollowed} events of extensions at a time`);
  followed.set(app, open + 1);
  const ending = new AbortController();
  const removeTask = app.bridge.addTask(id, (method) => {
    if (method === 'close') ending.abort('abort');
  });
  try {
    const headers = { 'Mezze-Gate-Ticket': await gateTicket(context) };
    const response = await fetch(addressOf(module, 'events', event), { headers, signal: ending.signal });
    if (!response.ok || response.body === null) return fail(refusal(await problemOf(response)));
    const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for (const reader = events.getReader(); ; ) {
      const next = await reader.read();
      if (next.done) return {};
      app.bridge.event('extension.event', toldBy(next.value.data), id);
    }
  } catch (failure) {
    if (ending.signal.aborted) return {};
    throw asApiFailure(failure, ending.signal);
  } finally {
    removeTask();
    followed.set(app, Math.max(0, (followed.get(app) ?? 1) - 1));
  }
}

function addressOf(module: unknown, kind: 'calls' | 'events', name: unknown): string {
  return `/gate/extensions/${encodeURIComponent(String(module))}/${kind}/${encodeURIComponent(String(name))}`;
}

/** JSON, or the text itself where it is none. */
function toldBy(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
