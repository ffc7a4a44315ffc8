import type { Context } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import { contextFor } from '@terreau/database/testing';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusLocalDays } from '@terreau/kernel/instants';
import * as v from 'valibot';
import { aStaffMember, anAccount, aTerritory, must } from '../directory/directory.fixtures.ts';
import { bringIntoCircle } from './bring-into-circle.command.ts';
import { openDossierSchema } from './dossier.schema.ts';
import { noteSchema, type NoteFields } from './note.schema.ts';
import { openDossier } from './open-dossier.command.ts';

/** What the tests of support need: a dossier, somebody who accompanies it, and people of its circle. */

export interface Accompanied {
  readonly territoryId: Id;
  readonly dossierId: Id;
  readonly facilitator: Context;
}

export function inDays(days: number, now = new Date()): string {
  return plusLocalDays(localDate(now, 'Europe/Paris'), days);
}

export function typedDossier(typed: Record<string, unknown> = {}) {
  return v.parse(openDossierSchema, {
    kind: 'project',
    title: 'Un atelier de réparation',
    nextContactOn: inDays(7),
    name: 'Nadia',
    phone: '06 00 00 00 01',
    informed: 'yes',
    ...typed
  });
}

export async function aDossier(engine: Engine, typed: Record<string, unknown> = {}): Promise<Accompanied> {
  return aDossierIn(engine, await aTerritory(engine), typed);
}

export async function aDossierIn(
  engine: Engine,
  territoryId: Id,
  typed: Record<string, unknown> = {}
): Promise<Accompanied> {
  const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
  const dossierId = must(
    await openDossier(facilitator, { territoryId, fields: typedDossier(typed), origin: 'https://terreau.example' })
  );
  return { territoryId, dossierId, facilitator };
}

/** Somebody with an account, brought into the circle by whoever accompanies. */
export async function inCircle(
  engine: Engine,
  { territoryId, dossierId, facilitator }: Accompanied,
  role: 'carrier' | 'member' | 'observer' | 'expert' | 'facilitator'
): Promise<Context> {
  const account = await anAccount(engine);
  await engine.db.updateTable('account').set({ email_verified: true }).where('id', '=', account.accountId!).execute();
  if (role === 'expert' || role === 'facilitator') {
    const row = { territory_id: territoryId, account_id: account.accountId!, role };
    await engine.db.insertInto('role_grant').values(row).execute();
  }
  must(await bringIntoCircle(facilitator, { territoryId, dossierId, role, email: account.email }));
  return contextFor(engine, account);
}

export function typedNote(typed: Record<string, unknown> = {}): NoteFields {
  return v.parse(noteSchema, {
    clientId: newId(),
    happenedOn: inDays(0),
    minutes: '1h15',
    kind: 'meeting',
    done: 'Visite du local',
    ...typed
  });
}
