import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { endRole } from '../accounts/end-role.command.ts';
import { aStaffMember, must, sentMessages } from '../directory/directory.fixtures.ts';
import { ownWeek } from '../orientation/own-week.query.ts';
import { promiseContact } from '../orientation/promise-contact.command.ts';
import { aRequest, aTeamMember, moveRows, requestRow } from '../orientation/requests.fixtures.ts';
import { findAction } from './find-action.query.ts';
import { findDossier } from './find-dossier.query.ts';
import { findPortfolios } from './find-portfolios.query.ts';
import { handOverDossiers } from './hand-over-dossiers.command.ts';
import { aPlannedAction } from './plan.fixtures.ts';
import { aDossier, inCircle, inDays, typedNote } from './support.fixtures.ts';
import { writeNote } from './write-note.command.ts';

const engine = await testDatabase();
const PARIS = 'Europe/Paris';
const ORIGIN = 'https://terreau.example';

async function grantOf(accountId: Id): Promise<Id> {
  const { id } = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('role_grant').select('id').where('account_id', '=', accountId).executeTakeFirstOrThrow()
  );
  return id;
}

/** Somebody who accompanies a dossier, answers for a request and promised a call; their successor; who coordinates. */
async function aTeam() {
  const accompanied = await aDossier(engine, { email: 'nadia@example.org' });
  const { territoryId, facilitator } = accompanied;
  const accountId = facilitator.actor.accountId!;
  const row = { account_id: accountId, role: 'facilitator', territory_id: territoryId };
  await engine.db.insertInto('role_grant').values(row).execute();
  const { id: requestId } = await aRequest(engine, territoryId, facilitator.now);
  const promise = { territoryId, requestId, kind: 'call', on: inDays(0), note: null };
  must(await promiseContact(facilitator, promise));
  const successor = contextFor(engine, await aTeamMember(engine, territoryId, 'facilitator'));
  const coordinator = contextFor(engine, await aTeamMember(engine, territoryId, 'coordinator'));
  const leave = async () => must(await endRole(coordinator, { grantId: await grantOf(accountId) }));
  const entrust = (ctx: Context, fromAccountId: Id | null) =>
    handOverDossiers(ctx, {
      territoryId,
      fromAccountId,
      toAccountId: successor.actor.accountId!,
      reason: null,
      origin: ORIGIN
    });
  return { ...accompanied, accompanied, requestId, successor, coordinator, leave, entrust };
}

test('whoever leaves the team reads thirty days more, and what was promised is the team’s again', async () => {
  const { territoryId, dossierId, requestId, facilitator, successor, coordinator, leave } = await aTeam();
  expect((await ownWeek(successor, territoryId, PARIS))?.contacts.total).toBe(0);
  await leave();

  const former = contextFor(engine, { ...facilitator.actor, grants: [] });
  expect(await writeNote(former, { territoryId, dossierId, fields: typedNote() })).toMatchObject({ code: 'not-found' });
  const later = (days: number) => ({ ...former, now: plusDays(former.now, days) });
  expect(await findDossier(later(29), territoryId, dossierId)).not.toBeNull();
  expect(await findDossier(later(31), territoryId, dossierId)).toBeNull();

  expect((await requestRow(engine, requestId)).responsible_id).toBeNull();
  const moves = await moveRows(engine, requestId);
  expect(moves.at(-1)).toMatchObject({
    move: 'release',
    moved_as: 'platform',
    moved_by: coordinator.actor.accountId
  });
  expect((await ownWeek(successor, territoryId, PARIS))?.contacts.lines).toMatchObject([{ requestId, kind: 'call' }]);
  expect((await findPortfolios(coordinator, territoryId))?.unaccompanied).toBe(1);
});

test('a dossier that nobody accompanies is entrusted with what is owed in it; the structure and the successor are told', async () => {
  const { territoryId, dossierId, accompanied, facilitator, successor, coordinator, leave, entrust } = await aTeam();
  const companionIn = async (ctx: Context) =>
    (await findDossier(ctx, territoryId, dossierId))!.circle.find(
      ({ role, leftAt }) => role === 'facilitator' && !leftAt
    )!;
  const own = await companionIn(facilitator);
  const action = await aPlannedAction(accompanied, { owner: own.id, dueOn: inDays(20), what: 'Appeler la mairie' });
  await leave();
  expect(await entrust(facilitator, null)).toMatchObject({ code: 'not-found' });
  expect(must(await entrust(coordinator, null))).toEqual({ moved: 1, untold: 0 });
  expect(await findDossier(coordinator, territoryId, dossierId)).toBeNull();
  expect((await findDossier(successor, territoryId, dossierId))?.role).toBe('facilitator');
  expect((await findPortfolios(coordinator, territoryId))?.unaccompanied).toBe(0);

  const owed = (await findAction(successor, accompanied, action))!.action;
  expect(owed?.ownerMemberId).toBe((await companionIn(successor)).id);

  const [mail] = await sentMessages(engine, 'nadia@example.org');
  expect(mail?.template).toBe('new-companion');
  expect(mail?.body_text).not.toContain('Un atelier de réparation');
  const [received] = await sentMessages(engine, await emailOf(successor.actor.accountId!));
  expect(received?.subject).toBe('Un dossier vous est confié');
});

test('of a structure without address nor mobile number, it is said that it could not be told', async () => {
  const accompanied = await aDossier(engine, { phone: '01 00 00 00 01', email: '' });
  const { territoryId, facilitator } = accompanied;
  const successor = await inCircle(engine, accompanied, 'facilitator');
  const request = { territoryId, fromAccountId: facilitator.actor.accountId, reason: null, origin: ORIGIN };
  const verdict = await handOverDossiers(facilitator, { ...request, toAccountId: successor.actor.accountId! });
  expect(must(verdict)).toEqual({ moved: 1, untold: 1 });
  const [mail] = await sentMessages(engine, await emailOf(successor.actor.accountId!));
  expect(mail?.body_text).toContain('sauf 1 sans adresse ni mobile');
});

test('the coordination sees how many dossiers each accompanies, a facilitator their own, others nothing', async () => {
  const { territoryId, facilitator, successor, coordinator, entrust } = await aTeam();
  const mine = [{ id: facilitator.actor.accountId, dossiers: 1 }];
  expect((await findPortfolios(coordinator, territoryId))?.people).toMatchObject(mine);
  expect((await findPortfolios(facilitator, territoryId))?.people).toMatchObject(mine);
  expect((await findPortfolios(successor, territoryId))?.people).toEqual([]);
  const funder = contextFor(engine, await aStaffMember(engine, territoryId, 'funder'));
  expect(await findPortfolios(funder, territoryId)).toBeNull();
  expect(await entrust(successor, facilitator.actor.accountId)).toMatchObject({ code: 'not-found' });
  expect(must(await entrust(facilitator, facilitator.actor.accountId))).toMatchObject({ moved: 1 });
  expect(await entrust(coordinator, facilitator.actor.accountId)).toMatchObject({ code: 'nothing-to-hand-over' });
});

async function emailOf(accountId: Id): Promise<string> {
  const { email } = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('account').select('email').where('id', '=', accountId).executeTakeFirstOrThrow()
  );
  return email;
}
