import { hashPassword } from 'better-auth/crypto';
import { createOTP } from '@better-auth/utils/otp';
import type { Actor, Context, Grant } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import { contextFor, operatorContext } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { openAuthentication, type Authentication, type AuthenticationSettings, type Visit } from './authentication.ts';
import { confirmSecondFactor } from './confirm-second-factor.command.ts';
import { findSignedIn } from './find-signed-in.query.ts';
import { grantRole } from './grant-role.command.ts';
import { openAccount } from './open-account.command.ts';
import { signIn } from './sign-in.command.ts';
import { startSecondFactor } from './start-second-factor.command.ts';

/** What the tests of the accounts prepare: people in their browsers, on one database. */

export const ORIGIN = 'http://localhost:4173';
export const PASSWORD = 'clafoutis bleu sous la pluie';

export function authenticationFor(engine: Engine, settings: Partial<AuthenticationSettings> = {}): Authentication {
  return openAuthentication(engine, {
    origin: ORIGIN,
    secret: 'a secret of the tests, longer than thirty-two characters',
    secondFactorRequired: true,
    providers: [],
    breachedPasswordsUrl: null,
    ...settings
  });
}

/** A browser that keeps its cookies. Each one has an address of its own unless told otherwise. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #address: string;

  constructor(
    address = `2001:db8:${Math.floor(Math.random() * 65_536).toString(16)}:${browserCount().toString(16)}::1`
  ) {
    this.#address = address;
  }

  visit(extra: Record<string, string> = {}): Visit {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { headers: new Headers({ cookie, 'user-agent': 'test', ...extra }), address: this.#address };
  }

  receive(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

let browsers = 0;
const browserCount = () => (browsers += 1);

/** Somebody with an account, signed in from `browser`. */
export interface Somebody {
  readonly id: Id;
  readonly email: string;
  readonly browser: Browser;
}

export async function aTerritory(engine: Engine): Promise<Id> {
  const slug = `t-${newId()}`;
  return valueOf(
    await transaction(operatorContext(engine), 'create-territory', async (tx) => {
      const row = await tx
        .insertInto('territory')
        .values({ slug, name: slug })
        .returning('id')
        .executeTakeFirstOrThrow();
      return accept(row.id);
    })
  );
}

export async function anOrganization(engine: Engine, territoryId: Id): Promise<Id> {
  return valueOf(
    await transaction(operatorContext(engine), 'create-organization', async (tx) => {
      const row = await tx
        .insertInto('organization')
        .values({ territory_id: territoryId, name: 'Les Tisserands', status: 'published' })
        .returning('id')
        .executeTakeFirstOrThrow();
      return accept(row.id);
    })
  );
}

export async function anAccount(engine: Engine, ...grants: Grant[]): Promise<{ id: Id; email: string }> {
  const email = `${newId()}@example.org`;
  const id = valueOf(await openAccount(operatorContext(engine), { name: 'Camille', email }));
  await engine.db
    .insertInto('credential')
    .values({ account_id: id, provider_id: 'credential', provider_account_id: id, password: await hashedOnce() })
    .execute();
  for (const grant of grants) valueOf(await grantRole(operatorContext(engine), { accountId: id, ...grant }));
  return { id, email };
}

let hashed: Promise<string> | undefined;
/** Hashing is slow on purpose; the tests' accounts share one hash. */
const hashedOnce = () => (hashed ??= hashPassword(PASSWORD));

export async function somebody(authentication: Authentication, ...grants: Grant[]): Promise<Somebody> {
  const account = await anAccount(authentication.engine, ...grants);
  const browser = new Browser();
  await signInAgain(authentication, { ...account, browser });
  return { ...account, browser };
}

export async function signInAgain(authentication: Authentication, who: Somebody): Promise<void> {
  const ctx = contextFor(authentication.engine);
  const step = valueOf(
    await signIn(ctx, authentication, who.browser.visit(), { email: who.email, password: PASSWORD })
  );
  who.browser.receive(step.cookies);
}

/** The context of whoever uses `browser` now: a visitor when no session is open. */
export async function contextOf(authentication: Authentication, browser: Browser, now = new Date()): Promise<Context> {
  const signedIn = await findSignedIn(authentication, browser.visit());
  return contextFor(authentication.engine, signedIn?.actor, now);
}

/** Sets up one-time codes for somebody. Gives what their telephone shows, and the backup codes. */
export async function withSecondFactor(authentication: Authentication, who: Somebody) {
  const ctx = await contextOf(authentication, who.browser);
  const { uri } = valueOf(await startSecondFactor(ctx, authentication, who.browser.visit(), { password: PASSWORD }));
  const telephone = telephoneFor(uri);
  const firstCode = await telephone.code();
  const done = valueOf(await confirmSecondFactor(ctx, authentication, who.browser.visit(), { code: firstCode }));
  who.browser.receive(done.cookies);
  return { telephone, firstCode, backupCodes: done.backupCodes };
}

const CODE_MILLISECONDS = 30_000;

/** A telephone that shows the code of now, or the next one it would show when that one was used. */
function telephoneFor(uri: string) {
  const otp = createOTP(fromBase32(new URL(uri).searchParams.get('secret') ?? ''));
  const used = new Set<number>();
  return {
    code: async () => {
      const now = Math.floor(Date.now() / CODE_MILLISECONDS);
      const period = [now, now + 1, now - 1].find((one) => !used.has(one));
      if (period === undefined) throw new Error('the telephone has no fresh code to show');
      used.add(period);
      return otp.hotp(period);
    }
  };
}

/** The mails that left for an address, the latest first. */
export async function mailsTo(engine: Engine, email: string) {
  return reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .select(['template', 'subject', 'body_text', 'body_html'])
      .where('recipient', '=', email)
      .orderBy('id', 'desc')
      .execute()
  );
}

/** The last segment of the first address of this site in a mail. */
export function tokenIn(mail: { body_text: string } | undefined): string {
  const url = mail?.body_text.match(/http:\/\/localhost:4173\S+/)?.[0];
  if (!url) throw new Error(`no link in the mail: ${mail?.body_text}`);
  return new URL(url).pathname.split('/').at(-1)!;
}

export function grantOf(role: Grant['role'], territoryId: Id | null = null, organizationId: Id | null = null): Grant {
  return { role, territoryId, organizationId };
}

export function actorOf(accountId: Id, ...grants: Grant[]): Actor {
  return { accountId, grants, trust: 'verified', isOperator: false };
}

export function valueOf<Value, Code extends string>(verdict: Verdict<Value, Code>): Value {
  if (!verdict.ok) throw new Error(`refused: ${verdict.code}`);
  return verdict.value;
}

function fromBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text.replace(/=+$/, '')].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 2)));
}
