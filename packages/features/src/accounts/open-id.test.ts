import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contextFor, testDatabase } from '@terreau/database/testing';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { findSignedIn } from './find-signed-in.query.ts';
import { finishOpenIdSignIn } from './finish-open-id-sign-in.command.ts';
import { startOpenIdSignIn } from './start-open-id-sign-in.command.ts';
import { Browser, anAccount, authenticationFor, somebody, valueOf, withSecondFactor } from './testing.ts';

/** A small identity provider: it signs whoever `person` is, for the nonce that was asked. */
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const person = { sub: 'sub-1', email: 'ines@example.org', name: 'Inès', email_verified: true };
let nonce = '';
let signingKey = privateKey;
/** What its user-info page says, and how; `isAsked`: the identity token then holds no more than the subject. */
const plain = {
  isAsked: false,
  isSigned: false,
  audience: 'terreau',
  key: privateKey,
  says: {} as Record<string, unknown>
};
let userInfo = plain;

const provider = createServer((request, response) => {
  void answer(request).then((body) => {
    response.setHeader('content-type', typeof body === 'string' ? 'application/jwt' : 'application/json');
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}).listen(0);
const issuer = `http://localhost:${(provider.address() as AddressInfo).port}`;
afterAll(() => void provider.close());

async function answer(request: IncomingMessage): Promise<unknown> {
  if (request.url === '/.well-known/openid-configuration') {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256']
    };
  }
  if (request.url === '/jwks')
    return { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'one', use: 'sig' }] };
  if (request.url === '/userinfo') {
    return userInfo.isSigned ? signed(userInfo.says, userInfo.audience, userInfo.key) : userInfo.says;
  }
  const token = await signed({ ...(userInfo.isAsked ? { sub: person.sub } : person), nonce }, 'terreau', signingKey);
  return { access_token: 'access', token_type: 'Bearer', expires_in: 300, id_token: token };
}

function signed(claims: Record<string, unknown>, audience: string, key: typeof privateKey): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key);
}

const engine = await testDatabase();
const authentication = authenticationFor(engine, {
  providers: [
    {
      id: 'ville',
      name: 'La ville',
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      clientId: 'terreau',
      clientSecret: 's',
      scopes: ['openid', 'email', 'profile'],
      vouchesForAddresses: false
    },
    {
      id: 'proconnect',
      name: 'ProConnect',
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      clientId: 'terreau',
      clientSecret: 's',
      scopes: ['openid', 'given_name', 'usual_name', 'email'],
      vouchesForAddresses: true
    }
  ]
});
const ctx = contextFor(engine);

async function start(browser: Browser, provider = 'ville'): Promise<string> {
  const request = { provider, next: '/account/security' };
  const { url, cookies } = valueOf(await startOpenIdSignIn(ctx, authentication, browser.visit(), request));
  browser.receive(cookies);
  const asked = new URL(url).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('redirect_uri')).toBe(`http://localhost:4173/sign-in/openid/callback/${provider}`);
  nonce = asked.get('nonce') ?? '';
  return asked.get('state')!;
}

const finish = (browser: Browser, state: string, provider = 'ville') =>
  finishOpenIdSignIn(ctx, authentication, browser.visit(), { provider, query: { code: 'code', state } });

test('a first visit through the identity provider opens an account and a session, and keeps no token of it', async () => {
  const browser = new Browser();
  const step = valueOf(await finish(browser, await start(browser)));
  expect(step).toMatchObject({ next: 'signed-in', path: '/account/security' });
  browser.receive(step.cookies);
  expect((await findSignedIn(authentication, browser.visit()))?.account).toMatchObject({
    email: 'ines@example.org',
    name: 'Inès'
  });
  const kept = await engine.db
    .selectFrom('credential')
    .selectAll()
    .where('provider_id', '=', 'ville')
    .executeTakeFirstOrThrow();
  expect([kept.access_token, kept.refresh_token, kept.id_token]).toEqual([null, null, null]);
});

test('an answer that this browser did not ask for, or used before, opens nothing', async () => {
  const browser = new Browser();
  const state = await start(browser);
  expect(await finish(new Browser(), state)).toMatchObject({ code: 'openid-refused' });
  expect(await finish(browser, 'invented')).toMatchObject({ code: 'openid-refused' });
  const again = new Browser();
  const second = await start(again);
  valueOf(await finish(again, second));
  expect(await finish(again, second)).toMatchObject({ code: 'openid-refused' });
});

test('an identity token signed by somebody else opens nothing', async () => {
  const browser = new Browser();
  const state = await start(browser);
  signingKey = stranger.privateKey;
  expect(await finish(browser, state)).toMatchObject({ code: 'openid-refused' });
  signingKey = privateKey;
});

test('a known address joins its account when the provider has verified it, and not otherwise', async () => {
  const { email } = await anAccount(engine);
  Object.assign(person, { sub: 'sub-2', email, email_verified: false });
  const doubtful = new Browser();
  expect(await finish(doubtful, await start(doubtful))).toMatchObject({ code: 'openid-refused' });
  Object.assign(person, { email_verified: true });
  const browser = new Browser();
  browser.receive(valueOf(await finish(browser, await start(browser))).cookies);
  expect((await findSignedIn(authentication, browser.visit()))?.account).toMatchObject({ email, name: 'Camille' });
});

test('a provider that says who signed in by a token of its own signature is understood, and believed for nothing else', async () => {
  const says = { sub: 'agent-1', email: 'Lou@mairie.example', given_name: 'Lou', usual_name: 'Martin' };
  Object.assign(person, { sub: says.sub });
  const visitWith = async (change: Partial<typeof userInfo>) => {
    userInfo = { ...plain, isAsked: true, isSigned: true, says, ...change };
    const browser = new Browser();
    const verdict = await finish(browser, await start(browser, 'proconnect'), 'proconnect');
    userInfo = plain;
    if (verdict.ok) browser.receive(verdict.value.cookies);
    return { verdict, who: await findSignedIn(authentication, browser.visit()) };
  };
  const refused = { ok: false, code: 'openid-refused' };
  expect((await visitWith({ key: stranger.privateKey })).verdict).toMatchObject(refused);
  expect((await visitWith({ audience: 'another-site' })).verdict).toMatchObject(refused);
  expect((await visitWith({ says: { ...says, sub: 'agent-2' } })).verdict).toMatchObject(refused);
  expect((await visitWith({ says: { ...says, sub: undefined } })).verdict).toMatchObject(refused);
  expect((await visitWith({})).who?.account).toMatchObject({ email: 'lou@mairie.example', name: 'Lou Martin' });
});

test('an address that the provider did not prove opens no account', async () => {
  Object.assign(person, { sub: 'sub-9', email: 'unproven@example.org', email_verified: false });
  const browser = new Browser();
  const verdict = await finish(browser, await start(browser));
  if (verdict.ok) browser.receive(verdict.value.cookies);
  expect(await findSignedIn(authentication, browser.visit())).toBeNull();
  expect(await engine.db.selectFrom('account').select('id').where('email', '=', person.email).execute()).toEqual([]);
});

test('an account with a second factor is asked for it there too', async () => {
  const who = await somebody(authentication);
  await withSecondFactor(authentication, who);
  Object.assign(person, { sub: 'sub-3', email: who.email, email_verified: true });
  const browser = new Browser();
  const step = valueOf(await finish(browser, await start(browser)));
  expect(step.next).toBe('second-step');
  browser.receive(step.cookies);
  expect(await findSignedIn(authentication, browser.visit())).toBeNull();
});

test('a provider that the settings do not name is unknown', async () => {
  const request = { provider: 'elsewhere', next: '/' };
  expect(await startOpenIdSignIn(ctx, authentication, new Browser().visit(), request)).toMatchObject({
    code: 'not-found'
  });
});
