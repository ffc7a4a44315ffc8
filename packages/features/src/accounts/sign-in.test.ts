import { operatorContext, testDatabase } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import { openAuthentication, type Visit } from './authentication.ts';
import { findSignedIn } from './find-signed-in.query.ts';
import { openAccount } from './open-account.command.ts';
import { signIn } from './sign-in.command.ts';

const engine = await testDatabase();
const authentication = openAuthentication(engine, {
  origin: 'http://localhost:4173',
  secret: 'a secret of more than thirty-two characters',
  secondFactorRequired: true,
  providers: [],
  breachedPasswordsUrl: null
});
const visit: Visit = { headers: new Headers(), address: '203.0.113.1' };

test('a known address and its password open a session', async () => {
  const ctx = operatorContext(engine);
  const opened = await openAccount(ctx, {
    name: 'Nadia',
    email: 'nadia@example.org',
    password: 'une phrase assez longue'
  });
  const step = await signIn(ctx, authentication, visit, {
    email: 'nadia@example.org',
    password: 'une phrase assez longue'
  });
  console.log(opened, step);
  if (!step.ok) throw new Error(step.code);
  const cookie = step.value.cookies.map((line) => line.split(';')[0]).join('; ');
  const who = await findSignedIn(authentication, { ...visit, headers: new Headers({ cookie }) });
  console.log(who);
  expect(who?.account.email).toBe('nadia@example.org');
});
