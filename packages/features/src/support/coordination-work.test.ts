import { contextFor, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { coordinationWorkSchema } from './coordination-work.schema.ts';
import { correctCoordinationWork } from './correct-coordination-work.command.ts';
import { findCoordinationWork } from './find-coordination-work.query.ts';
import { listCoordinationWork } from './list-coordination-work.query.ts';
import { logCoordinationWork } from './log-coordination-work.command.ts';
import { removeCoordinationWork } from './remove-coordination-work.command.ts';
import { inDays } from './support.fixtures.ts';

const engine = await testDatabase();

const typedWork = (typed: Record<string, unknown> = {}) =>
  v.parse(coordinationWorkSchema, {
    clientId: newId(),
    happenedOn: inDays(0),
    minutes: '1h30',
    kind: 'partnership',
    sentence: 'Préparer le forum avec la mission locale',
    ...typed
  });

async function aTeam() {
  const territoryId = await aTerritory(engine);
  const member = async (role: 'facilitator' | 'coordinator' | 'resident', at: Id = territoryId) =>
    contextFor(engine, await aStaffMember(engine, at, role));
  return { territoryId, facilitator: await member('facilitator'), member };
}

test('an hour of coordination is logged in one sentence, counted in its month, corrected and removed', async () => {
  const { territoryId, facilitator } = await aTeam();
  const fields = typedWork({ themes: ['mobilite', 'not-a-theme'] });
  const workId = must(await logCoordinationWork(facilitator, { territoryId, fields }));
  expect(must(await logCoordinationWork(facilitator, { territoryId, fields }))).toBe(workId);
  must(await logCoordinationWork(facilitator, { territoryId, fields: typedWork({ minutes: '30' }) }));
  const month = (await listCoordinationWork(facilitator, { territoryId }))!;
  expect(month.lines).toHaveLength(2);
  expect(month.totals).toEqual([{ kind: 'partnership', minutes: 120, lines: 2 }]);
  expect(month.lines.find(({ id }) => id === workId)).toMatchObject({ themes: ['mobilite'], minutes: 90, isOwn: true });

  const corrected = typedWork({ minutes: '45', kind: 'training' });
  must(await correctCoordinationWork(facilitator, { territoryId, workId, fields: corrected }));
  expect(await findCoordinationWork(facilitator, territoryId, workId)).toMatchObject({ minutes: 45, kind: 'training' });
  must(await removeCoordinationWork(facilitator, { territoryId, workId }));
  expect(await findCoordinationWork(facilitator, territoryId, workId)).toBeNull();
});

test('a line says how long it took, and does not stand in the future', async () => {
  const { territoryId, facilitator } = await aTeam();
  expect(() => typedWork({ minutes: '0' })).toThrow('malformed-minutes');
  expect(() => typedWork({ sentence: ' ' })).toThrow('missing');
  const fields = typedWork({ happenedOn: inDays(2) });
  expect(await logCoordinationWork(facilitator, { territoryId, fields })).toMatchObject({ code: 'note-in-the-future' });
});

test('the author and the coordination read a line; a colleague and another territory do not; only its author changes it', async () => {
  const { territoryId, facilitator, member } = await aTeam();
  const fields = typedWork();
  const workId = must(await logCoordinationWork(facilitator, { territoryId, fields }));
  const coordinator = await member('coordinator');
  const team = (await listCoordinationWork(coordinator, { territoryId, whose: 'team' }))!;
  expect(team.lines.map(({ id, isOwn }) => ({ id, isOwn }))).toEqual([{ id: workId, isOwn: false }]);
  expect((await listCoordinationWork(coordinator, { territoryId }))!.lines).toEqual([]);

  const colleague = await member('facilitator');
  expect((await listCoordinationWork(colleague, { territoryId, whose: 'team' }))!.lines).toEqual([]);
  const resident = await member('resident');
  expect(await listCoordinationWork(resident, { territoryId })).toBeNull();
  expect(await logCoordinationWork(resident, { territoryId, fields: typedWork() })).toMatchObject({
    code: 'not-found'
  });
  const elsewhere = await member('coordinator', await aTerritory(engine));
  expect(await listCoordinationWork(elsewhere, { territoryId, whose: 'team' })).toBeNull();
  for (const other of [colleague, resident, elsewhere]) {
    const rows = await reading(other, (tx) => tx.selectFrom('coordination_work').select('id').execute());
    expect(rows).toEqual([]);
  }
  for (const other of [coordinator, colleague, resident, elsewhere]) {
    const request = { territoryId, workId };
    expect(await findCoordinationWork(other, territoryId, workId)).toBeNull();
    expect(await correctCoordinationWork(other, { ...request, fields })).toMatchObject({ code: 'not-found' });
    expect(await removeCoordinationWork(other, request)).toMatchObject({ code: 'not-found' });
  }
  expect(await logCoordinationWork(colleague, { territoryId, fields })).toMatchObject({ code: 'note-of-another' });
});

test('a month is shown fifty lines at a time', async () => {
  const { territoryId, facilitator } = await aTeam();
  for (let line = 0; line < 53; line += 1) {
    const fields = typedWork({ happenedOn: '2026-03-10', minutes: '10' });
    must(await logCoordinationWork(facilitator, { territoryId, fields }));
  }
  const first = (await listCoordinationWork(facilitator, { territoryId, month: '2026-03' }))!;
  expect(first.lines).toHaveLength(50);
  expect(first.totals).toEqual([{ kind: 'partnership', minutes: 530, lines: 53 }]);
  const rest = (await listCoordinationWork(facilitator, { territoryId, month: '2026-03', after: first.next! }))!;
  expect(rest.lines).toHaveLength(3);
  expect((await listCoordinationWork(facilitator, { territoryId, month: '2026-04' }))!.lines).toEqual([]);
});
