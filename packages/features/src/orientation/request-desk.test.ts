import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aSheet, aStaffMember, aTerritory, anAccount, must } from '../directory/directory.fixtures.ts';
import { moveRequest } from './move-request.command.ts';
import { requestDesk } from './request-desk.query.ts';
import { anAnsweredOffer, aPromise, aStandingRequest } from './week.fixtures.ts';
import { ORIGIN } from './requests.fixtures.ts';
import { answerDueAt } from './request-delays.rules.ts';

const engine = await testDatabase();
/** A Thursday morning. */
const now = new Date('2026-11-26T08:30:00Z');
const place = { timeZone: 'Europe/Paris', departement: null };

async function aDesk() {
  const territoryId = await aTerritory(engine);
  const actor = await aStaffMember(engine, territoryId, 'coordinator');
  const ctx = contextFor(engine, actor, now);
  const request = (day: string, more = {}) => {
    const submittedAt = new Date(`${day}T09:00:00Z`);
    const answerDueAtDay = answerDueAt(submittedAt, place, 5);
    return aStandingRequest(engine, { territoryId, submittedAt, answerDueAt: answerDueAtDay, ...more });
  };
  return { territoryId, accountId: actor.accountId as Id, ctx, request };
}

const idsOf = (list: { lines: readonly { id: Id }[] }) => list.lines.map(({ id }) => id);

test('a request without human answer is on the desk from its fifth working day on, not before', async () => {
  const { territoryId, ctx, request } = await aDesk();
  const fifth = await request('2026-11-19');
  const seventh = await request('2026-11-17');
  await request('2026-11-20');
  await request('2026-11-17', { answeredAt: now });
  const desk = (await requestDesk(ctx, territoryId))!;
  expect(idsOf(desk.unanswered)).toEqual([seventh, fifth]);
  expect(desk.unanswered.lines.map(({ waited }) => waited)).toEqual([7, 5]);
});

test('what nobody could do is unmet; what nobody moves is stale, unless something is promised that was not forgotten', async () => {
  const { territoryId, accountId, ctx, request } = await aDesk();
  const answeredAt = new Date('2026-11-10T09:00:00Z');
  const unmet = await request('2026-11-09', { answeredAt, movedAt: plusDays(now, -2) });
  const organizationId = await aSheet(engine, territoryId, { name: 'La Ressourcerie' });
  const refusal = { territoryId, requestId: unmet, organizationId, state: 'refused' as const };
  await anAnsweredOffer(engine, { ...refusal, answeredAt: plusDays(now, -2) });
  const stale = await request('2026-11-09', { answeredAt, movedAt: plusDays(now, -10) });
  const promised = await request('2026-11-09', { answeredAt, movedAt: plusDays(now, -10) });
  await aPromise(engine, { territoryId, by: accountId, on: '2026-11-30', requestId: promised });
  const forgotten = await request('2026-11-10', { answeredAt, movedAt: plusDays(now, -20) });
  await aPromise(engine, { territoryId, by: accountId, on: '2026-11-16', requestId: forgotten });
  const desk = (await requestDesk(ctx, territoryId))!;
  expect(idsOf(desk.unmet)).toEqual([unmet]);
  expect(idsOf(desk.stale)).toEqual([stale, forgotten]);
  expect(desk.stale.lines[0]).toMatchObject({ idle: 10 });
});

test('the coordinator entrusts a request to somebody of the team, who finds it in their name', async () => {
  const { territoryId, ctx, request } = await aDesk();
  const requestId = await request('2026-11-17');
  const colleague = await aStaffMember(engine, territoryId);
  must(
    await transaction(operatorContext(engine), 'grant', async (tx) => {
      const grant = { account_id: colleague.accountId as Id, role: 'facilitator', territory_id: territoryId };
      await tx.insertInto('role_grant').values(grant).execute();
      return accept();
    })
  );
  const { lines } = (await requestDesk(ctx, territoryId))!.unanswered;
  const assign = { territoryId, requestId, move: 'assign', assigneeId: colleague.accountId, origin: ORIGIN } as const;
  must(await moveRequest(ctx, { ...assign, version: lines[0]!.version }));
  const desk = (await requestDesk(ctx, territoryId))!;
  expect(desk.unanswered.lines[0]).toMatchObject({ id: requestId, responsible: 'Camille' });
  expect(desk.team.map(({ id }) => id)).toEqual([colleague.accountId]);
});

test('the desk is the team’s alone, and ends with its territory', async () => {
  const { territoryId, request } = await aDesk();
  await request('2026-11-17');
  const elsewhere = await aStaffMember(engine, await aTerritory(engine), 'coordinator');
  for (const actor of [undefined, await anAccount(engine), elsewhere]) {
    expect(await requestDesk(contextFor(engine, actor, now), territoryId)).toBeNull();
  }
});
