import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { newId } from '@terreau/kernel/ids';
import { expect, test } from 'vitest';
import { mayGrant } from './accounts.policy.ts';
import { createAdministrator } from './create-administrator.command.ts';
import { endRole } from './end-role.command.ts';
import { findSignedIn } from './find-signed-in.query.ts';
import { grantRole } from './grant-role.command.ts';
import { grantsInForce } from './roles.rules.ts';
import {
  aTerritory,
  actorOf,
  anAccount,
  authenticationFor,
  contextOf,
  grantOf,
  signInAgain,
  somebody,
  valueOf
} from './testing.ts';

const engine = await testDatabase();
const authentication = authenticationFor(engine, { secondFactorRequired: false });
const operator = operatorContext(engine);

test('without a second factor, the roles of staff wait and the others hold', () => {
  const held = ['resident', 'facilitator', 'coordinator', 'trainer', 'juror', 'funder', 'expert'] as const;
  const grants = held.map((role) => grantOf(role, 't'));
  expect(grantsInForce(grants, false).map(({ role }) => role)).toEqual(['resident', 'funder', 'expert']);
  expect(grantsInForce(grants, true)).toEqual(grants);
});

test('who may give which role', () => {
  const [here, there, org] = [newId(), newId(), newId()];
  const coordinator = actorOf(newId(), grantOf('coordinator', here));
  const administrator = actorOf(newId(), grantOf('platform-administrator'));
  const manager = actorOf(newId(), grantOf('organization-manager', here, org));
  const facilitator = actorOf(newId(), grantOf('facilitator', here));
  expect(mayGrant(coordinator, grantOf('coordinator', here))).toBe(true);
  expect(mayGrant(coordinator, grantOf('resident', there))).toBe(false);
  expect(mayGrant(coordinator, grantOf('platform-administrator'))).toBe(false);
  expect(mayGrant(administrator, grantOf('platform-administrator'))).toBe(true);
  expect(mayGrant(administrator, grantOf('coordinator', there))).toBe(true);
  expect(mayGrant(manager, grantOf('organization-member', here, org))).toBe(true);
  expect(mayGrant(manager, grantOf('organization-member', here, newId()))).toBe(false);
  expect(mayGrant(manager, grantOf('facilitator', here))).toBe(false);
  expect(mayGrant(facilitator, grantOf('resident', here))).toBe(false);
  expect(mayGrant(facilitator, grantOf('coordinator', here))).toBe(false);
  expect(mayGrant(facilitator, grantOf('organization-manager', here, org))).toBe(true);
  expect(mayGrant(facilitator, grantOf('organization-member', there, org))).toBe(false);
});

test('a role given or ended closes the sessions of its holder', async () => {
  const territoryId = await aTerritory(engine);
  const who = await somebody(authentication);
  const isOpen = async () => (await findSignedIn(authentication, who.browser.visit())) !== null;
  const grantId = valueOf(await grantRole(operator, { accountId: who.id, ...grantOf('expert', territoryId) }));
  expect(await isOpen()).toBe(false);
  await signInAgain(authentication, who);
  valueOf(await endRole(operator, { grantId }));
  expect(await isOpen()).toBe(false);
});

test('a role is held once, ended once, and can be given again', async () => {
  const territoryId = await aTerritory(engine);
  const { id: accountId } = await anAccount(engine);
  const request = { accountId, ...grantOf('expert', territoryId) };
  const grantId = valueOf(await grantRole(operator, request));
  expect(await grantRole(operator, request)).toMatchObject({ code: 'already-held' });
  valueOf(await endRole(operator, { grantId }));
  expect(await endRole(operator, { grantId })).toMatchObject({ code: 'not-found' });
  expect((await grantRole(operator, request)).ok).toBe(true);
});

test('nobody gives themselves a role; an unknown account and a forbidden one answer alike', async () => {
  const territoryId = await aTerritory(engine);
  const resident = await somebody(authentication, grantOf('resident', territoryId));
  const ctx = await contextOf(authentication, resident.browser);
  const refused = { ok: false, code: 'not-found', details: {} };
  expect(await grantRole(ctx, { accountId: resident.id, ...grantOf('coordinator', territoryId) })).toEqual(refused);
  expect(await grantRole(operator, { accountId: newId(), ...grantOf('expert', territoryId) })).toEqual(refused);
  expect(await grantRole(contextFor(engine), { accountId: resident.id, ...grantOf('expert', territoryId) })).toEqual(
    refused
  );
});

test('one gives up one’s own role, and ends nobody else’s', async () => {
  const territoryId = await aTerritory(engine);
  const resident = await somebody(authentication, grantOf('resident', territoryId));
  const other = await somebody(authentication, grantOf('resident', territoryId));
  const grant = await engine.db
    .selectFrom('role_grant')
    .select('id')
    .where('account_id', '=', resident.id)
    .executeTakeFirstOrThrow();
  expect(await endRole(await contextOf(authentication, other.browser), { grantId: grant.id })).toMatchObject({
    code: 'not-found'
  });
  expect((await endRole(await contextOf(authentication, resident.browser), { grantId: grant.id })).ok).toBe(true);
});

test('the command line makes the first administrator, and the platform keeps at least one', async () => {
  const request = { name: 'Odile', email: 'Odile@Example.org', password: 'brouette mauve et trois hiboux' };
  expect(await createAdministrator(operator, { ...request, password: 'odile2026odile' })).toMatchObject({
    code: 'password-common'
  });
  const { accountId, opened } = valueOf(await createAdministrator(operator, request));
  expect(opened).toBe(true);
  expect(await createAdministrator(operator, request)).toMatchObject({ code: 'already-held' });
  expect(await createAdministrator(contextFor(engine), request)).toMatchObject({ code: 'not-found' });
  const grantOfAccount = async (id: string) =>
    (
      await engine.db
        .selectFrom('role_grant')
        .select('id')
        .where('account_id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).id;
  const first = await grantOfAccount(accountId);
  expect(await endRole(operator, { grantId: first })).toMatchObject({ code: 'last-administrator' });
  const second = valueOf(await createAdministrator(operator, { name: 'Paul', email: 'paul@example.org' }));
  const answers = await Promise.all([
    endRole(operator, { grantId: first }),
    endRole(operator, { grantId: await grantOfAccount(second.accountId) })
  ]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});
