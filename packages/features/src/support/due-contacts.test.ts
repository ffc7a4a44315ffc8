import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { dueContacts } from './due-contacts.query.ts';
import { openDossier } from './open-dossier.command.ts';
import { inDays, typedDossier } from './support.fixtures.ts';

const engine = await testDatabase();

test('my week counts the dossiers whose day has come, the longest waiting first; not those that sleep or have ended', async () => {
  const territoryId = await aTerritory(engine);
  const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
  const open = async (next: number, state = 'under-way'): Promise<void> => {
    const id: Id = must(
      await openDossier(facilitator, { territoryId, fields: typedDossier(), origin: 'https://terreau.example' })
    );
    const set = { next_contact_on: inDays(next), state };
    must(
      await transaction(operatorContext(engine), 'plant', async (tx) => {
        await tx.updateTable('dossier').set(set).where('id', '=', id).execute();
        return accept();
      })
    );
  };
  expect(await dueContacts(facilitator, territoryId, inDays(0))).toEqual({ count: 0, firstOn: null });
  await open(1);
  await open(-9, 'paused');
  await open(-9, 'closed');
  await open(0);
  await open(-4);
  expect(await dueContacts(facilitator, territoryId, inDays(0))).toEqual({ count: 2, firstOn: inDays(-4) });
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId));
  expect((await dueContacts(colleague, territoryId, inDays(0))).count).toBe(0);
});
