import { MILLISECONDS_PER_DAY } from '@terreau/kernel/instants';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import { acceptInvitation } from './accept-invitation.command.ts';
import { endRole } from './end-role.command.ts';
import { findInvitation } from './find-invitation.query.ts';
import { findSignedIn } from './find-signed-in.query.ts';
import { invite } from './invite.command.ts';
import { listMembers } from './list-members.query.ts';
import { listPeople } from './list-people.query.ts';
import { openInvitedAccount } from './open-invited-account.command.ts';
import {
  Browser,
  aTerritory,
  anOrganization,
  authenticationFor,
  contextOf,
  grantOf,
  mailsTo,
  signInAgain,
  somebody,
  tokenIn,
  valueOf,
  type Somebody
} from './testing.ts';
import { withdrawInvitation } from './withdraw-invitation.command.ts';

const engine = await testDatabase();
// The second factor has its own tests; here everybody's roles are in force at once.
const authentication = authenticationFor(engine, { secondFactorRequired: false });

async function aCoordinator(territoryId: string) {
  return somebody(authentication, grantOf('coordinator', territoryId));
}

async function invited(inviter: Somebody, email: string, territoryId: string) {
  const ctx = await contextOf(authentication, inviter.browser);
  const id = valueOf(await invite(ctx, authentication, { email, ...grantOf('facilitator', territoryId) }));
  return { id, token: tokenIn((await mailsTo(engine, email))[0]) };
}

const acceptAs = async (who: Somebody, token: string, now = new Date()) => {
  const verdict = await acceptInvitation(
    await contextOf(authentication, who.browser, now),
    authentication,
    who.browser.visit(),
    { token }
  );
  if (verdict.ok) who.browser.receive(verdict.value.cookies);
  return verdict;
};

const rolesOf = async (who: Somebody) =>
  (await findSignedIn(authentication, who.browser.visit()))?.actor.grants.map(({ role }) => role);

test('whoever is invited accepts with their own account, and the role is theirs', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  expect(valueOf(await acceptAs(guest, token))).toMatchObject({ role: 'facilitator', territoryId });
  expect(await rolesOf(guest)).toEqual(['facilitator']);
  const account = await engine.db.selectFrom('account').select('trust').where('id', '=', guest.id).executeTakeFirst();
  expect(account?.trust).toBe('verified');
});

test('accepting renews the session and ends those opened elsewhere', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const elsewhere = { ...guest, browser: new Browser() };
  await signInAgain(authentication, elsewhere);
  const before = guest.browser.visit();
  const { token } = await invited(coordinator, guest.email, territoryId);
  valueOf(await acceptAs(guest, token));
  expect(await findSignedIn(authentication, before)).toBeNull();
  expect(await findSignedIn(authentication, elsewhere.browser.visit())).toBeNull();
  expect(await rolesOf(guest)).toEqual(['facilitator']);
});

test('an invitation serves once', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  valueOf(await acceptAs(guest, token));
  expect(await acceptAs(guest, token)).toMatchObject({ code: 'invitation-used' });
});

test('of twenty acceptances at the same moment, one wins and one role is given', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  const ctx = await contextOf(authentication, guest.browser);
  const visit = guest.browser.visit();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => acceptInvitation(ctx, authentication, visit, { token }))
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const grants = await engine.db.selectFrom('role_grant').select('id').where('account_id', '=', guest.id).execute();
  expect(grants).toHaveLength(1);
});

test('another address, a visitor and an altered token get the same answer: there is no such invitation', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const stranger = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  const refused = { ok: false, code: 'not-found', details: {} };
  expect(await acceptAs(stranger, token)).toEqual(refused);
  expect(await acceptAs(coordinator, token)).toEqual(refused);
  expect(await acceptAs(guest, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toEqual(refused);
  const visitor = await acceptInvitation(contextFor(engine), authentication, new Browser().visit(), { token });
  expect(visitor).toEqual(refused);
  expect((await acceptAs(guest, token)).ok).toBe(true);
});

test('after fourteen days it is too late', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  const inDays = (days: number) => new Date(Date.now() + days * MILLISECONDS_PER_DAY);
  expect(await acceptAs(guest, token, inDays(14.01))).toMatchObject({ code: 'invitation-expired' });
  expect((await acceptAs(guest, token, inDays(13.99))).ok).toBe(true);
});

test('an invitation taken back, or replaced by a new one, is worth nothing', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const first = await invited(coordinator, guest.email, territoryId);
  const second = await invited(coordinator, guest.email, territoryId);
  expect(await acceptAs(guest, first.token)).toMatchObject({ code: 'invitation-withdrawn' });
  const stranger = await aCoordinator(await aTerritory(engine));
  const strange = await contextOf(authentication, stranger.browser);
  expect(await withdrawInvitation(strange, { invitationId: second.id })).toMatchObject({ code: 'not-found' });
  valueOf(await withdrawInvitation(await contextOf(authentication, coordinator.browser), { invitationId: second.id }));
  expect(await acceptAs(guest, second.token)).toMatchObject({ code: 'invitation-withdrawn' });
  expect(await rolesOf(guest)).toEqual([]);
});

test('an inviter who lost the right gives nothing any more', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  const grant = await engine.db
    .selectFrom('role_grant')
    .select('id')
    .where('account_id', '=', coordinator.id)
    .executeTakeFirstOrThrow();
  valueOf(await endRole(operatorContext(engine), { grantId: grant.id }));
  expect(await acceptAs(guest, token)).toMatchObject({ code: 'inviter-without-right' });
});

test('an inviter whose second factor is missing gives nothing where it is required', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  const strict = authenticationFor(engine);
  const verdict = await acceptInvitation(await contextOf(strict, guest.browser), strict, guest.browser.visit(), {
    token
  });
  expect(verdict).toMatchObject({ code: 'inviter-without-right' });
});

test('somebody who has no account opens one from the invitation, at the invited address only', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const email = 'invitee@example.org';
  const { token } = await invited(coordinator, email, territoryId);
  const visitor = contextFor(engine);
  expect(await findInvitation(visitor, token)).toMatchObject({
    email,
    role: 'facilitator',
    hasAccount: false,
    refusal: null
  });
  const browser = new Browser();
  const opened = valueOf(await openInvitedAccount(visitor, authentication, browser.visit(), { token, name: 'Inès' }));
  browser.receive(opened.cookies);
  const guest = { id: '', email, browser };
  expect((await acceptAs(guest, token)).ok).toBe(true);
  expect((await findSignedIn(authentication, browser.visit()))?.account).toMatchObject({ email, name: 'Inès' });
});

test('an invitation opens no session on an account that exists', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const guest = await somebody(authentication);
  const { token } = await invited(coordinator, guest.email, territoryId);
  const verdict = await openInvitedAccount(contextFor(engine), authentication, new Browser().visit(), {
    token,
    name: 'X'
  });
  expect(verdict).toMatchObject({ code: 'sign-in-first' });
});

test('a coordinator invites in their own territory, to no role of the platform; a resident invites nobody', async () => {
  const [here, there] = [await aTerritory(engine), await aTerritory(engine)];
  const coordinator = await aCoordinator(here);
  const resident = await somebody(authentication, grantOf('resident', here));
  const tryInvite = async (who: Somebody, grant: ReturnType<typeof grantOf>) =>
    invite(await contextOf(authentication, who.browser), authentication, { email: 'guest@example.org', ...grant });
  expect((await tryInvite(coordinator, grantOf('juror', here))).ok).toBe(true);
  expect(await tryInvite(coordinator, grantOf('juror', there))).toMatchObject({ code: 'not-found' });
  expect(await tryInvite(coordinator, grantOf('platform-administrator'))).toMatchObject({ code: 'not-found' });
  expect(await tryInvite(resident, grantOf('resident', here))).toMatchObject({ code: 'not-found' });
  expect(await tryInvite(coordinator, grantOf('organization-member', here))).toMatchObject({ code: 'not-found' });
});

test('a manager invites members of their organisation, not managers, nor to another organisation', async () => {
  const territoryId = await aTerritory(engine);
  const [own, other] = [await anOrganization(engine, territoryId), await anOrganization(engine, territoryId)];
  const manager = await somebody(authentication, grantOf('organization-manager', territoryId, own));
  const tryInvite = async (grant: ReturnType<typeof grantOf>) =>
    (
      await invite(await contextOf(authentication, manager.browser), authentication, {
        email: 'm@example.org',
        ...grant
      })
    ).ok;
  expect(await tryInvite(grantOf('organization-member', territoryId, own))).toBe(true);
  expect(await tryInvite(grantOf('organization-manager', territoryId, own))).toBe(false);
  expect(await tryInvite(grantOf('organization-member', territoryId, other))).toBe(false);
});

test('the mail is written for people: one link, plain text and simple HTML, nothing fetched', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  await invited(coordinator, 'reader@example.org', territoryId);
  const [mail] = await mailsTo(engine, 'reader@example.org');
  expect(mail!.body_text).toContain('accompagnateur·rice');
  expect(mail!.body_text).toContain('14 jours');
  expect(mail!.body_html).toContain('<html lang="fr">');
  expect(mail!.body_html).not.toMatch(/<img|src=|url\(/);
});

test('a coordinator sees who holds which role and who is invited; nobody else does', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const facilitator = await somebody(authentication, grantOf('facilitator', territoryId));
  await invited(coordinator, 'awaited@example.org', territoryId);
  const people = await listPeople(await contextOf(authentication, coordinator.browser), { territoryId });
  expect(people!.holders.map(({ role }) => role)).toEqual(['facilitator', 'coordinator']);
  expect(people!.invitations).toMatchObject([{ email: 'awaited@example.org', role: 'facilitator' }]);
  expect(await listPeople(await contextOf(authentication, facilitator.browser), { territoryId })).toBeNull();
  expect(await listPeople(contextFor(engine), { territoryId })).toBeNull();
});

test('the platform’s administrator sees the invitations of a territory where they hold no role, and takes one back', async () => {
  const territoryId = await aTerritory(engine);
  const coordinator = await aCoordinator(territoryId);
  const administrator = await somebody(authentication, grantOf('platform-administrator'));
  const { id, token } = await invited(coordinator, 'far@example.org', territoryId);
  const ctx = await contextOf(authentication, administrator.browser);
  expect((await listPeople(ctx, { territoryId }))!.invitations).toMatchObject([{ id, email: 'far@example.org' }]);
  valueOf(await withdrawInvitation(ctx, { invitationId: id }));
  expect((await findInvitation(ctx, token))?.refusal).toBe('invitation-withdrawn');
});

test('a coordinator of another territory neither sees an invitation nor takes it back', async () => {
  const coordinator = await aCoordinator(await aTerritory(engine));
  const neighbour = await aCoordinator(await aTerritory(engine));
  const territoryId = (await contextOf(authentication, coordinator.browser)).actor.grants[0]!.territoryId!;
  const { id } = await invited(coordinator, 'close@example.org', territoryId);
  const ctx = await contextOf(authentication, neighbour.browser);
  expect(await withdrawInvitation(ctx, { invitationId: id })).toMatchObject({ code: 'not-found' });
});

test('whoever manages an organisation sees its members and invites another; members and neighbours see nothing', async () => {
  const territoryId = await aTerritory(engine);
  const organizationId = await anOrganization(engine, territoryId);
  const scope = { territoryId, organizationId };
  const manager = await somebody(authentication, grantOf('organization-manager', territoryId, organizationId));
  const member = await somebody(authentication, grantOf('organization-member', territoryId, organizationId));
  const facilitator = await somebody(authentication, grantOf('facilitator', territoryId));
  const elsewhere = await anOrganization(engine, territoryId);
  const neighbour = await somebody(authentication, grantOf('organization-manager', territoryId, elsewhere));
  const seenBy = async (who: Somebody) => listMembers(await contextOf(authentication, who.browser), scope);
  const ctx = await contextOf(authentication, manager.browser);
  const offer = { ...grantOf('organization-member', territoryId, organizationId), email: 'new@example.org' };
  valueOf(await invite(ctx, authentication, offer));
  const seen = (await seenBy(manager))!;
  expect(seen).toMatchObject({ organizationName: 'Les Tisserands', offered: ['organization-member'] });
  expect(seen.members.map(({ email, mayEnd }) => [email, mayEnd])).toEqual([
    [member.email, true],
    [manager.email, false]
  ]);
  expect(seen.invitations).toMatchObject([{ email: 'new@example.org', role: 'organization-member' }]);
  expect((await seenBy(facilitator))!.offered).toEqual(['organization-member', 'organization-manager']);
  expect((await seenBy(facilitator))!.invitations).toHaveLength(1);
  expect([await seenBy(member), await seenBy(neighbour)]).toEqual([null, null]);
  expect(await listMembers(contextFor(engine), scope)).toBeNull();
});
