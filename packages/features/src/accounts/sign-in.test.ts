import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import { endSession } from './end-session.command.ts';
import { endOtherSessions } from './end-other-sessions.command.ts';
import { findOwnSecurity } from './find-own-security.query.ts';
import { findSignedIn } from './find-signed-in.query.ts';
import { openSignInLink } from './open-sign-in-link.command.ts';
import { proveSecondStep } from './prove-second-step.command.ts';
import { requestSignInLink } from './request-sign-in-link.command.ts';
import { signIn } from './sign-in.command.ts';
import { signOut } from './sign-out.command.ts';
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
  valueOf,
  withSecondFactor
} from './testing.ts';

const engine = await testDatabase();
const authentication = authenticationFor(engine);
const ctx = contextFor(engine);

const tryPassword = (browser: Browser, email: string, password: string) =>
  signIn(ctx, authentication, browser.visit(), { email, password });
const whoIs = async (browser: Browser) => (await findSignedIn(authentication, browser.visit()))?.account.email ?? null;
const askForLink = (browser: Browser, email: string, newAccountName?: string) =>
  requestSignInLink(ctx, authentication, browser.visit(), {
    email,
    next: '/account',
    ...(newAccountName ? { newAccountName } : {})
  });
const openLink = (browser: Browser, token: string) => openSignInLink(ctx, authentication, browser.visit(), { token });

test('the right password opens a session, in a cookie that scripts and other sites cannot use', async () => {
  const { email } = await anAccount(engine);
  const browser = new Browser();
  const step = valueOf(await tryPassword(browser, email, PASSWORD));
  expect(step.cookies).toHaveLength(1);
  expect(step.cookies[0]).toMatch(/^terreau\.session_token=.*; HttpOnly; SameSite=Lax$/);
  browser.receive(step.cookies);
  expect(await whoIs(browser)).toBe(email);
});

test('elsewhere than on this machine cookies are Secure', async () => {
  const onTheWeb = authenticationFor(engine, { origin: 'https://terreau.example' });
  const { email } = await anAccount(engine);
  const step = valueOf(await signIn(ctx, onTheWeb, new Browser().visit(), { email, password: PASSWORD }));
  expect(step.cookies[0]).toMatch(/^__Secure-terreau\.session_token=.*; Secure/);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const { email } = await anAccount(engine);
  const wrong = await tryPassword(new Browser(), email, 'not the password');
  const unknown = await tryPassword(new Browser(), 'nobody@example.org', 'not the password');
  expect(wrong).toEqual({ ok: false, code: 'wrong-password', details: {} });
  expect(unknown).toEqual(wrong);
});

test('an unknown address costs about the work of a known one', async () => {
  const { email } = await anAccount(engine);
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 8; round += 1) {
    for (const [kind, address] of [
      ['known', email],
      ['unknown', `nobody-${round}@example.org`]
    ] as const) {
      // The work of this process, whatever else the machine does meanwhile.
      const started = process.cpuUsage();
      await tryPassword(new Browser(), address, 'not the password');
      const { user, system } = process.cpuUsage(started);
      times[kind].push(user + system);
    }
  }
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  const ratio = middle(times.unknown) / middle(times.known);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test('each sign-in makes a new session', async () => {
  const who = await somebody(authentication);
  const first = (await findSignedIn(authentication, who.browser.visit()))!.account.sessionId;
  await signInAgain(authentication, who);
  expect((await findSignedIn(authentication, who.browser.visit()))!.account.sessionId).not.toBe(first);
});

test('signing out ends the session, not only the cookie', async () => {
  const who = await somebody(authentication);
  const copy = who.browser.visit();
  who.browser.receive(await signOut(authentication, who.browser.visit()));
  expect(await whoIs(who.browser)).toBeNull();
  expect(await findSignedIn(authentication, copy)).toBeNull();
});

test('a session altered by one character is nobody’s', async () => {
  const who = await somebody(authentication);
  const cookie = who.browser.visit().headers.get('cookie')!;
  const altered = cookie.replace(/=(.)/, (_, first: string) => `=${first === 'a' ? 'b' : 'a'}`);
  expect(await findSignedIn(authentication, who.browser.visit({ cookie: altered }))).toBeNull();
});

test('a suspended account opens no session, and those it had give no right', async () => {
  const who = await somebody(authentication);
  await engine.db.updateTable('account').set({ suspended_at: new Date() }).where('id', '=', who.id).execute();
  expect(await whoIs(who.browser)).toBeNull();
  expect(await tryPassword(new Browser(), who.email, PASSWORD)).toMatchObject({ code: 'account-suspended' });
});

test('one sees one’s sessions, ends one of them or all the others, and never somebody else’s', async () => {
  const who = await somebody(authentication);
  const telephone = { ...who, browser: new Browser() };
  await signInAgain(authentication, telephone);
  const stranger = await somebody(authentication);
  const own = await contextOf(authentication, who.browser);
  const { account } = (await findSignedIn(authentication, telephone.browser.visit()))!;
  expect((await findOwnSecurity(own))!.sessions).toHaveLength(2);
  expect(await endSession(await contextOf(authentication, stranger.browser), account)).toMatchObject({
    code: 'not-found'
  });
  expect(await whoIs(telephone.browser)).toBe(who.email);
  valueOf(await endSession(own, account));
  expect(await whoIs(telephone.browser)).toBeNull();
  await signInAgain(authentication, telephone);
  const here = (await findSignedIn(authentication, who.browser.visit()))!.account.sessionId;
  expect(valueOf(await endOtherSessions(own, { keepSession: here }))).toBe(1);
  expect([await whoIs(who.browser), await whoIs(telephone.browser)]).toEqual([who.email, null]);
});

test('a link received by mail signs in once; neither the link nor the address is kept in clear', async () => {
  const { email } = await anAccount(engine);
  valueOf(await askForLink(new Browser(), email));
  const [mail] = await mailsTo(engine, email);
  const token = tokenIn(mail);
  const kept = await engine.db.selectFrom('verification').select('identifier').execute();
  expect(kept.some(({ identifier }) => identifier.includes(token))).toBe(false);
  const browser = new Browser();
  const step = valueOf(await openLink(browser, token));
  browser.receive(step.cookies);
  expect(await whoIs(browser)).toBe(email);
  expect(await openLink(new Browser(), token)).toMatchObject({ code: 'link-not-valid' });
});

test('of two browsers that use a link at the same moment, one gets in', async () => {
  const { email } = await anAccount(engine);
  valueOf(await askForLink(new Browser(), email));
  const token = tokenIn((await mailsTo(engine, email))[0]);
  const answers = await Promise.all(Array.from({ length: 5 }, () => openLink(new Browser(), token)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a link is worth nothing after ten minutes', async () => {
  const { email } = await anAccount(engine);
  valueOf(await askForLink(new Browser(), email));
  const token = tokenIn((await mailsTo(engine, email))[0]);
  const [row] = await engine.db.selectFrom('verification').selectAll().orderBy('id', 'desc').limit(1).execute();
  const minutes = (row!.expires_at.getTime() - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(9);
  expect(minutes).toBeLessThanOrEqual(10);
  await engine.db
    .updateTable('verification')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('id', '=', row!.id)
    .execute();
  expect(await openLink(new Browser(), token)).toMatchObject({ code: 'link-not-valid' });
});

test('with or without an account, whoever asks for a link gets the same answer and one mail leaves', async () => {
  const { email } = await anAccount(engine);
  const unknown = 'nobody-here@example.org';
  const answers = [await askForLink(new Browser(), email), await askForLink(new Browser(), unknown)];
  expect(answers[1]).toEqual(answers[0]);
  const [known, other] = [await mailsTo(engine, email), await mailsTo(engine, unknown)];
  expect([known.length, other.length]).toEqual([1, 1]);
  expect(other[0]!.template).toBe('no-account');
  expect(other[0]!.body_text).not.toContain('magic-link');
});

test('a new account opens with the link that reached its address, and only then', async () => {
  const email = 'nouvelle@example.org';
  valueOf(await askForLink(new Browser(), email, 'Noé'));
  expect(await engine.db.selectFrom('account').select('id').where('email', '=', email).execute()).toHaveLength(0);
  const browser = new Browser();
  browser.receive(valueOf(await openLink(browser, tokenIn((await mailsTo(engine, email))[0]))).cookies);
  const account = await engine.db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  expect(account).toMatchObject({ name: 'Noé', email_verified: true, trust: 'new', language: 'fr' });
  expect(await whoIs(browser)).toBe(email);
});

test('asking to open an account that exists sends its owner a link to sign in, and says nothing to whoever asked', async () => {
  const { email } = await anAccount(engine);
  const answer = await askForLink(new Browser(), email, 'Somebody else');
  expect(answer).toEqual(await askForLink(new Browser(), 'free@example.org', 'Somebody'));
  const browser = new Browser();
  browser.receive(valueOf(await openLink(browser, tokenIn((await mailsTo(engine, email))[0]))).cookies);
  expect((await findSignedIn(authentication, browser.visit()))?.account.name).toBe('Camille');
});

test('a code is asked for after the password and after a link, and a session opens with it alone', async () => {
  const who = await somebody(authentication);
  const { telephone } = await withSecondFactor(authentication, who);
  const byPassword = new Browser();
  const step = valueOf(await tryPassword(byPassword, who.email, PASSWORD));
  expect(step.next).toBe('second-step');
  byPassword.receive(step.cookies);
  expect(await whoIs(byPassword)).toBeNull();
  valueOf(await askForLink(new Browser(), who.email));
  const byLink = new Browser();
  const linkStep = valueOf(await openLink(byLink, tokenIn((await mailsTo(engine, who.email))[0])));
  expect(linkStep.next).toBe('second-step');
  byLink.receive(linkStep.cookies);
  expect(await whoIs(byLink)).toBeNull();
  for (const browser of [byPassword, byLink]) {
    expect(await proveSecondStep(ctx, authentication, browser.visit(), { code: '000000' })).toMatchObject({
      code: 'code-wrong'
    });
    browser.receive(
      valueOf(await proveSecondStep(ctx, authentication, browser.visit(), { code: await telephone.code() })).cookies
    );
    expect(await whoIs(browser)).toBe(who.email);
  }
});

test('a code of the telephone opens one session, also when it is used twice at the same moment', async () => {
  const who = await somebody(authentication);
  const { telephone } = await withSecondFactor(authentication, who);
  const code = await telephone.code();
  const browsers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const browser = new Browser();
      browser.receive(valueOf(await tryPassword(browser, who.email, PASSWORD)).cookies);
      return browser;
    })
  );
  const answers = await Promise.all(
    browsers.map((browser) => proveSecondStep(ctx, authentication, browser.visit(), { code }))
  );
  expect(answers.map((answer) => (answer.ok ? 'in' : answer.code)).sort()).toEqual([
    'code-wrong',
    'code-wrong',
    'code-wrong',
    'in'
  ]);
  // Whoever was refused goes on with the next code, without starting anew.
  const refused = browsers[answers.findIndex((answer) => !answer.ok)]!;
  const next = { code: await telephone.code() };
  expect((await proveSecondStep(ctx, authentication, refused.visit(), next)).ok).toBe(true);
});

test('the code that put the second factor in place opens no session', async () => {
  const who = await somebody(authentication);
  const { firstCode: code } = await withSecondFactor(authentication, who);
  const browser = new Browser();
  browser.receive(valueOf(await tryPassword(browser, who.email, PASSWORD)).cookies);
  expect(await proveSecondStep(ctx, authentication, browser.visit(), { code })).toMatchObject({ code: 'code-wrong' });
});

test('a backup code replaces the telephone once', async () => {
  const who = await somebody(authentication);
  const { backupCodes } = await withSecondFactor(authentication, who);
  expect(backupCodes).toHaveLength(10);
  const signInWith = async (code: string) => {
    const browser = new Browser();
    browser.receive(valueOf(await tryPassword(browser, who.email, PASSWORD)).cookies);
    return proveSecondStep(ctx, authentication, browser.visit(), { code });
  };
  expect((await signInWith(backupCodes[0]!)).ok).toBe(true);
  expect(await signInWith(backupCodes[0]!)).toMatchObject({ code: 'code-wrong' });
  expect((await signInWith(backupCodes[1]!)).ok).toBe(true);
});

test('five wrong codes end the attempt: the sign-in starts anew', async () => {
  const who = await somebody(authentication);
  const { telephone } = await withSecondFactor(authentication, who);
  const browser = new Browser();
  browser.receive(valueOf(await tryPassword(browser, who.email, PASSWORD)).cookies);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect((await proveSecondStep(ctx, authentication, browser.visit(), { code: `00000${attempt}` })).ok).toBe(false);
  }
  const late = await proveSecondStep(ctx, authentication, browser.visit(), { code: await telephone.code() });
  expect(late).toMatchObject({ code: 'second-step-expired' });
});

test('a staff role without a second factor gives no right; with it, it does; in the demonstration it does at once', async () => {
  const territoryId = await aTerritory(engine);
  const who = await somebody(authentication, grantOf('facilitator', territoryId), grantOf('resident', territoryId));
  const rolesNow = async (house = authentication) =>
    (await findSignedIn(house, who.browser.visit()))!.actor.grants.map(({ role }) => role).sort();
  expect(await rolesNow()).toEqual(['resident']);
  expect((await findSignedIn(authentication, who.browser.visit()))!.account.mustSetUpSecondFactor).toBe(true);
  expect(await rolesNow(authenticationFor(engine, { secondFactorRequired: false }))).toEqual([
    'facilitator',
    'resident'
  ]);
  await withSecondFactor(authentication, who);
  expect(await rolesNow()).toEqual(['facilitator', 'resident']);
  expect((await findSignedIn(authentication, who.browser.visit()))!.account.mustSetUpSecondFactor).toBe(false);
});

test('setting up the second factor ends the sessions opened without it', async () => {
  const who = await somebody(authentication);
  const elsewhere = { ...who, browser: new Browser() };
  await signInAgain(authentication, elsewhere);
  await withSecondFactor(authentication, who);
  expect([await whoIs(who.browser), await whoIs(elsewhere.browser)]).toEqual([who.email, null]);
  expect((await mailsTo(engine, who.email))[0]?.template).toBe('security-change');
});

test('only the operator opens an account without a link', async () => {
  const { openAccount } = await import('./open-account.command.ts');
  const request = { name: 'X', email: 'x@example.org' };
  expect(await openAccount(ctx, request)).toMatchObject({ code: 'not-found' });
  expect((await openAccount(operatorContext(engine), request)).ok).toBe(true);
  expect(await openAccount(operatorContext(engine), { ...request, email: 'X@example.org' })).toMatchObject({
    code: 'email-taken'
  });
});
