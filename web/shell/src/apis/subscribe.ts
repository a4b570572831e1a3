/** Messages that an app may send later: asked for each template, remembered where the user says so. */
import { array, literal, record, safeParse, string, union } from 'valibot';
import { get, put } from '../device/database';
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { SubscribeForm } from '../window/forms/subscribe-form';
import { askForm } from './ask-form';

type Args = Record<string, unknown>;
type Answer = 'accept' | 'reject';

const mostTemplates = 5;
const keptSchema = record(string(), union([literal('accept'), literal('reject')]));

export const subscribeApis = {
  async requestSubscribeMessage({ app }: CallContext, args: Args): Promise<Args> {
    const wanted = safeParse(array(string()), args.tmplIds);
    if (!wanted.success) fail('Invalid request: tmplIds should be an array of strings', undefined, { errCode: 10004 });
    const templates = [...new Set((wanted.output as string[]).map((id) => id.trim()).filter((id) => id !== ''))];
    if (templates.length === 0) fail("TmplIds can't be empty", undefined, { errCode: 10001 });
    if (templates.length > mostTemplates) fail('Templates count out of max bounds', undefined, { errCode: 20003 });
    const key = keyOf(app);
    const known = await keptSubscriptions(app);
    const open = templates.filter((id) => known[id] === undefined);
    const answers = open.length === 0 ? {} : await ask(app, open, key, known);
    return Object.fromEntries(templates.map((id) => [id, known[id] ?? answers[id] ?? 'reject']));
  },
};

function keyOf(app: CallContext['app']): string {
  // Of one maker: answers to another's messages do not count.
  return `${app.options.user}:${app.id}:${app.owner}:messages`;
}

/** Answers that the user asked to remember, by template; `getSetting` tells them too. */
export async function keptSubscriptions(app: CallContext['app']): Promise<Record<string, Answer>> {
  const kept = safeParse(keptSchema, await get('settings', keyOf(app)).catch(() => undefined));
  return kept.success ? kept.output : {};
}

async function ask(
  app: CallContext['app'],
  templates: string[],
  key: string,
  known: Record<string, Answer>,
): Promise<Record<string, Answer>> {
  const form = new SubscribeForm();
  form.templates = templates;
  const given = await askForm(app, text('subscribe.title'), form);
  if (given === undefined) return {};
  const answers = Object.fromEntries(
    templates.map((id): [string, Answer] => [id, given.accepted.includes(id) ? 'accept' : 'reject']),
  );
  if (given.always) await put('settings', key, { ...known, ...answers });
  return answers;
}
