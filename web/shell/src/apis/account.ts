/** Who the user is, for an app: sign-in codes, profile, avatar, addresses, invoices. */
import { type InferOutput, number, object, string } from 'valibot';
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { call, me, type User } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import { AddressForm } from '../window/forms/address-form';
import { AvatarForm } from '../window/forms/avatar-form';
import { InvoiceForm } from '../window/forms/invoice-form';
import { letterAvatar, unknownAvatar } from './account/avatar';
import { addressBook, invoiceBook } from './account/books';
import { askForm } from './ask-form';

type Args = Record<string, unknown>;

const codeSchema = object({ code: string(), expires_in: number() });
const sessionSchema = object({ expires_in: number() });
const userDataSchema = object({ raw_data: string(), signature: string(), encrypted_data: string(), iv: string() });

export const accountApis = {
  async login({ app }: CallContext): Promise<Args> {
    const { code } = await asked(() => call('POST', `${address(app.id)}/login-code`, codeSchema, {}));
    return { code };
  },
  async checkSession({ app }: CallContext): Promise<void> {
    try {
      await call('GET', `${address(app.id)}/session`, sessionSchema);
    } catch (failure) {
      if (failure instanceof PlatformProblem && failure.status === 404) fail('session time out, need relogin');
      unreachable(failure);
    }
  },
  /** As since 2021: the same for everyone, and nobody is asked. What its server is told is encrypted. */
  async getUserInfo({ app }: CallContext, args: Args): Promise<Args> {
    const data = args.withCredentials === false ? undefined : await dataOfSession(app.id, args);
    if (data === undefined && args.withCredentials === true) fail('there is no session, call login first');
    const avatarUrl = app.resources.addTemporary(await unknownAvatar(), 'png');
    return data === undefined ? profile(nobody(args), avatarUrl) : profile(data, avatarUrl);
  },
  async getUserProfile({ app }: CallContext, args: Args): Promise<Args> {
    const reason = String(args.desc).trim();
    if (reason === '') fail('desc is empty');
    if (Array.from(reason).length > longestReason) fail('desc length does not meet the requirements');
    const user = await asked(me);
    const title = text('profile.title');
    if (!(await app.ask({ title, content: `${user.name}\n${reason}`, confirm: text('allow') }))) fail('auth deny');
    const data = await asked(() => userData(app.id, 'profile', args));
    return profile(data, await keptAvatar(app, user));
  },
  async chooseAddress({ app }: CallContext): Promise<Args> {
    const form = new AddressForm();
    form.book = await addressBook(app.options.user);
    const chosen = await askForm(app, text('address.title'), form);
    return chosen === undefined ? fail('cancel') : { ...chosen };
  },
  async chooseInvoiceTitle({ app }: CallContext): Promise<Args> {
    const form = new InvoiceForm();
    form.book = await invoiceBook(app.options.user);
    const chosen = await askForm(app, text('invoice.title'), form);
    return chosen === undefined ? fail('cancel') : { ...chosen };
  },
};

export const accountCalls = {
  /** A button with `open-type="chooseAvatar"`. */
  async chooseAvatar({ app }: CallContext): Promise<Args> {
    const user = await asked(me);
    const form = new AvatarForm();
    form.own = await letterAvatar(user.name, user.avatar_color ?? undefined);
    const chosen = await askForm(app, text('avatar.title'), form);
    if (chosen === undefined) return fail('cancel');
    return { avatarUrl: app.resources.addTemporary(chosen, chosen.type === 'image/jpeg' ? 'jpeg' : 'png') };
  },
};

/** Characters that a reason may have. */
const longestReason = 30;

function address(appId: string): string {
  return `/api/v1/miniapps/${encodeURIComponent(appId)}`;
}

async function keptAvatar(app: CallContext['app'], user: User): Promise<string> {
  return app.resources.addTemporary(await letterAvatar(user.name, user.avatar_color ?? undefined), 'png');
}

type UserData = InferOutput<typeof userDataSchema>;

function userData(appId: string, wanted: 'anonymous' | 'profile', { lang }: Args): Promise<UserData> {
  const request = { wanted, ...(lang === undefined || lang === '' ? {} : { language: lang }) };
  return call('POST', `${address(appId)}/user-data`, userDataSchema, request);
}

/** Undefined where there is no session, or no platform to ask: an app gets on without what only its server can read. */
async function dataOfSession(appId: string, args: Args): Promise<UserData | undefined> {
  try {
    return await userData(appId, 'anonymous', args);
  } catch (failure) {
    if (!(failure instanceof PlatformProblem)) throw failure;
    if (args.withCredentials !== true || failure.status === 404) return undefined;
    return unreachable(failure);
  }
}

function nobody({ lang }: Args): Pick<UserData, 'raw_data'> {
  const nickName = '微信用户';
  const language = typeof lang === 'string' ? lang : '';
  const known = { nickName, gender: 0, language, city: '', province: '', country: '', avatarUrl: '', is_demote: true };
  return { raw_data: JSON.stringify(known) };
}

/** The picture is drawn on this device: what is signed has none, as of an account without one. */
function profile(data: Pick<UserData, 'raw_data'> & Partial<UserData>, avatarUrl: string): Args {
  const { raw_data: rawData, signature, encrypted_data: encryptedData, iv } = data;
  const userInfo = { ...(JSON.parse(rawData) as object), avatarUrl };
  return { userInfo, rawData, ...(signature === undefined ? {} : { signature, encryptedData, iv }) };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (failure) {
    return unreachable(failure);
  }
}

function unreachable(failure: unknown): never {
  if (!(failure instanceof PlatformProblem)) throw failure;
  if (failure.unreachable) fail('request:fail the platform was not reached', 5);
  return fail(`${failure.title}. ${failure.detail}`.trim());
}
