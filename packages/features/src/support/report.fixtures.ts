import type { Context } from '@terreau/database/context';
import { operatorContext } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { must } from '../directory/directory.fixtures.ts';

/* What the tests of reports need: dossiers and notes of a period, planted without their whole story. */

export interface PlantedDossier {
  readonly territoryId: Id;
  readonly facilitator: Context;
  readonly title?: string;
  readonly kind?: 'project' | 'organization';
  readonly openedAt?: string;
  readonly neighbourhoodId?: Id | null;
  readonly themes?: string[];
  readonly notes?: readonly { readonly on: string; readonly minutes: number; readonly kind?: string }[];
  readonly moves?: readonly { readonly to: string; readonly at: string }[];
}

export async function plantDossier(planted: PlantedDossier): Promise<{ id: Id; noteIds: Id[] }> {
  const { territoryId, facilitator } = planted;
  const { accountId } = facilitator.actor;
  const openedAt = new Date(planted.openedAt ?? '2026-01-05T09:00:00Z');
  const id = newId();
  const of = { dossier_id: id, territory_id: territoryId };
  return must(
    await transaction(operatorContext(facilitator.engine, facilitator.now), 'plant', async (tx) => {
      await tx
        .insertInto('dossier')
        .values({
          id,
          territory_id: territoryId,
          kind: planted.kind ?? 'project',
          title: planted.title ?? 'Un atelier de réparation',
          state: planted.moves?.at(-1)?.to ?? 'under-way',
          neighbourhood_id: planted.neighbourhoodId ?? null,
          themes: planted.themes ?? [],
          next_contact_on: '2030-01-01',
          opened_by: accountId,
          opened_at: openedAt
        })
        .execute();
      await tx
        .insertInto('dossier_member')
        .values({ ...of, role: 'facilitator', account_id: accountId, joined_at: openedAt })
        .execute();
      for (const move of planted.moves ?? []) {
        await tx
          .insertInto('dossier_move')
          .values({
            ...of,
            move: 'start',
            from_state: 'requested',
            to_state: move.to,
            moved_as: 'facilitator',
            moved_at: new Date(move.at)
          })
          .execute();
      }
      const noteIds: Id[] = [];
      for (const note of planted.notes ?? []) {
        const noteId = newId();
        noteIds.push(noteId);
        await tx
          .insertInto('note')
          .values({
            ...of,
            id: noteId,
            client_id: newId(),
            happened_on: note.on,
            minutes: note.minutes,
            kind: note.kind ?? 'meeting',
            done: 'Une visite',
            written_by: accountId,
            written_at: facilitator.now,
            received_at: facilitator.now
          })
          .execute();
      }
      return accept({ id, noteIds });
    })
  );
}

/** A note corrected afterwards. */
export async function correctMinutes(facilitator: Context, noteId: Id, minutes: number): Promise<void> {
  must(
    await transaction(operatorContext(facilitator.engine, facilitator.now), 'correct', async (tx) => {
      await tx.updateTable('note').set({ minutes }).where('id', '=', noteId).execute();
      return accept();
    })
  );
}
