import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contextFor, testDatabase } from '@terreau/database/testing';
import { afterAll, expect, test, vi } from 'vitest';
import { choosePassword } from './choose-password.command.ts';
import { countAttempts } from './count-attempts.ts';
import { findSignedIn } from './find-signed-in.query.ts';
import { requestPasswordReset } from './request-password-reset.command.ts';
import { requestSignInLink } from './request-sign-in-link.command.ts';
import { resetPassword } from './reset-password.command.ts';
import { signIn } from './sign-in.command.ts';
import {
  Browser,
  PASSWORD,
  aTerritory,
  anAccount,
  authenticationFor,
  contextOf,
  grantOf,
  mailsTo,
  signInAgain,
  somebody,
  tokenIn,
  valueOf
} from './testing.ts';

// Passwords are slow to hash on purpose, and slower on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
const engine = await testDatabase();
const authentication = authenticationFor(engine);
const ctx = contextFor(engine);
const NEW_PASSWORD = 'brouette mauve et trois hiboux';

const askReset = (email: string, browser = new Browser()) =>
  requestPasswordReset(ctx, authentication, browser.visit(), { email });
const reset = (token: string, password = NEW_PASSWORD, house = authentication) =>
  resetPassword(ctx, house, new Browser().visit(), { token, password });
const canSignIn = async (email: string, password: string) =>
  (await signIn(ctx, authentication, new Browser().visit(), { email, password })).ok;
const tokenFor = async (email: string) => tokenIn((await mailsTo(engine, email))[0]);

test('a link received by mail changes the password once, ends every session and tells the owner', async () => {
  const who = await somebody(authentication);
  valueOf(await askReset(who.email));
  const token = await tokenFor(who.email);
  valueOf(await reset(token));
  expect([await canSignIn(who.email, PASSWORD), await canSignIn(who.email, NEW_PASSWORD)]).toEqual([false, true]);
  expect(await findSignedIn(authentication, who.browser.visit())).toBeNull();
  expect((await mailsTo(engine, who.email))[0]!.template).toBe('security-change');
  expect(await reset(token, 'another long sentence here')).toMatchObject({ code: 'link-not-valid' });
});

test('a refused password does not spend the link', async () => {
  const { email } = await anAccount(engine);
  valueOf(await askReset(email));
  const token = await tokenFor(email);
  expect(await reset(token, 'password1234')).toMatchObject({ code: 'password-common' });
  expect(await reset(token, 'court')).toMatchObject({ code: 'password-too-short' });
  expect((await reset(token)).ok).toBe(true);
});

test('an expired or invented link changes nothing', async () => {
  const { email } = await anAccount(engine);
  valueOf(await askReset(email));
  const token = await tokenFor(email);
  await engine.db
    .updateTable('verification')
    .set({ expires_at: new Date(Date.now() - 1) })
    .execute();
  expect(await reset(token)).toMatchObject({ code: 'link-not-valid' });
  expect(await reset('invented')).toMatchObject({ code: 'link-not-valid' });
  expect(await canSignIn(email, PASSWORD)).toBe(true);
});

test('with or without an account, whoever asks for a new password gets the same answer, for the same rows written', async () => {
  const { email } = await anAccount(engine);
  const written = async (address: string) => {
    const count = async () => {
      const one = await engine.db
        .selectFrom('verification')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(one.n) + (await mailsTo(engine, address)).length;
    };
    const before = await count();
    const answer = await askReset(address);
    return { answer, rows: (await count()) - before };
  };
  const known = await written(email);
  expect(await written('nobody-at-all@example.org')).toEqual(known);
  expect(known.rows).toBe(2);
});

test('the name of one’s territory makes no password', async () => {
  const territoryId = await aTerritory(engine);
  await engine.db.selectFrom('territory').select('id').execute();
  const who = await somebody(authentication, grantOf('resident', territoryId));
  const { slug } = await engine.db
    .selectFrom('territory')
    .select('slug')
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  const verdict = await choosePassword(
    await contextOf(authentication, who.browser),
    authentication,
    who.browser.visit(),
    { current: PASSWORD, password: slug }
  );
  expect(verdict).toMatchObject({ code: 'password-common' });
});

test('another password is chosen against the current one; this session goes on, the others end', async () => {
  const who = await somebody(authentication);
  const elsewhere = { ...who, browser: new Browser() };
  await signInAgain(authentication, elsewhere);
  const choose = async (current: string) =>
    choosePassword(await contextOf(authentication, who.browser), authentication, who.browser.visit(), {
      current,
      password: NEW_PASSWORD
    });
  expect(await choose('not the current one')).toMatchObject({ code: 'wrong-current-password' });
  who.browser.receive(valueOf(await choose(PASSWORD)).cookies);
  expect((await findSignedIn(authentication, who.browser.visit()))?.account.email).toBe(who.email);
  expect(await findSignedIn(authentication, elsewhere.browser.visit())).toBeNull();
  expect(await canSignIn(who.email, NEW_PASSWORD)).toBe(true);
});

// A stand-in for the public list of leaked passwords: it learns five characters, answers with endings.
const asked: string[] = [];
const range = createServer((request, response) => {
  asked.push(request.url ?? '');
  const leaked = createHash('sha1').update('brouette mauve deja volee').digest('hex').toUpperCase();
  response.end(`${'0'.repeat(35)}:3\r\n${leaked.slice(5)}:12\r\n`);
}).listen(0);
afterAll(() => void range.close());

test('where the deployment allows it, a leaked password is refused, and five characters of its digest leave the machine', async () => {
  const house = authenticationFor(engine, {
    breachedPasswordsUrl: `http://localhost:${(range.address() as AddressInfo).port}/range`
  });
  const { email } = await anAccount(engine);
  valueOf(await askReset(email));
  const token = await tokenFor(email);
  expect(await reset(token, 'brouette mauve deja volee', house)).toMatchObject({ code: 'password-leaked' });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^\/range\/[0-9A-F]{5}$/);
  expect((await reset(token, NEW_PASSWORD, house)).ok).toBe(true);
});

test('a list of leaks that does not answer keeps nobody out', async () => {
  const house = authenticationFor(engine, { breachedPasswordsUrl: 'http://localhost:9/range' });
  const { email } = await anAccount(engine);
  valueOf(await askReset(email));
  expect((await reset(await tokenFor(email), NEW_PASSWORD, house)).ok).toBe(true);
});

test('after ten wrong passwords an account is left alone for a quarter of an hour, whoever asks and whatever they claim', async () => {
  const { email } = await anAccount(engine);
  const attempt = (password: string, now: Date) =>
    signIn(
      { ...ctx, now },
      authentication,
      new Browser().visit({ 'x-forwarded-for': `198.51.100.${Math.floor(Math.random() * 250)}` }),
      { email, password }
    );
  const now = new Date();
  for (let i = 0; i < 10; i += 1) expect(await attempt('wrong', now)).toMatchObject({ code: 'wrong-password' });
  expect(await attempt(PASSWORD, now)).toEqual({ ok: false, code: 'too-many-attempts', details: { minutes: 15 } });
  const later = new Date(now.getTime() + 15 * 60_000);
  expect((await attempt(PASSWORD, later)).ok).toBe(true);
});

test('one network address cannot try account after account, with forged headers or not', async () => {
  const browser = new Browser('2001:db8:bad:1::7');
  let refused = 0;
  for (let i = 0; i < 65; i += 1) {
    const visit = browser.visit({ 'x-forwarded-for': `203.0.113.${i}`, forwarded: `for=203.0.113.${i}` });
    // Counting alone, so that sixty-five hashes are not computed.
    const { SIGN_IN_BY_ADDRESS, networkOf } = await import('./rate-limit.rules.ts');
    const verdict = await countAttempts(engine, ctx.now, [
      { limit: SIGN_IN_BY_ADDRESS, who: networkOf(visit.address) }
    ]);
    if (!verdict.ok) refused += 1;
  }
  expect(refused).toBe(5);
  const verdict = await signIn(ctx, authentication, browser.visit({ 'x-forwarded-for': '192.0.2.1' }), {
    email: 'other@example.org',
    password: 'x'
  });
  expect(verdict).toMatchObject({ code: 'too-many-attempts' });
});

test('a mailbox receives five mails an hour at most, and the sixth refusal is the same without an account', async () => {
  const { email } = await anAccount(engine);
  const sixth = async (address: string) => {
    for (let i = 0; i < 5; i += 1)
      valueOf(await requestSignInLink(ctx, authentication, new Browser().visit(), { email: address, next: '/' }));
    const answer = await requestSignInLink(ctx, authentication, new Browser().visit(), { email: address, next: '/' });
    return { answer, mails: (await mailsTo(engine, address)).length };
  };
  const known = await sixth(email);
  expect(known).toMatchObject({ answer: { code: 'too-many-attempts' }, mails: 5 });
  expect(await sixth('nobody-either@example.org')).toEqual(known);
});

test('attempts made at the same moment are all counted, and no address is kept in clear', async () => {
  const counted = [{ limit: { name: 'burst', hits: 20, minutes: 5 }, who: 'somebody@example.org' }];
  const answers = await Promise.all(Array.from({ length: 50 }, () => countAttempts(engine, ctx.now, counted)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
  const keys = await engine.db.selectFrom('rate_limit').select('key').execute();
  expect(keys.some(({ key }) => key.includes('@') || key.includes('2001:db8'))).toBe(false);
});
