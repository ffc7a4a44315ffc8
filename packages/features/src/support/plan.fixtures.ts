import { operatorContext } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { must } from '../directory/directory.fixtures.ts';
import type { DossierState } from './dossier-life.rules.ts';
import { actionSchema, commentSchema, type ActionFields, type CommentFields } from './plan.schema.ts';
import { saveAction } from './save-action.command.ts';
import type { Accompanied } from './support.fixtures.ts';

/** What the tests of plans need. */

export function typedAction(typed: Record<string, unknown> = {}): ActionFields {
  return v.parse(actionSchema, { what: 'Appeler la banque', kind: 'structure', ...typed });
}

export function typedComment(typed: Record<string, unknown> = {}): CommentFields {
  return v.parse(commentSchema, typed);
}

export async function aPlannedAction(accompanied: Accompanied, typed: Record<string, unknown> = {}): Promise<Id> {
  return must(await saveAction(accompanied.facilitator, { ...accompanied, fields: typedAction(typed), action: null }));
}

/** Puts the accompaniment in a state, with the acceptance of its plan where the state implies one. */
export async function movedTo(
  { facilitator: { engine, now }, dossierId, territoryId }: Accompanied,
  state: DossierState,
  acceptedAt: Date | null = null
): Promise<void> {
  must(
    await transaction(operatorContext(engine, now), 'plant', async (tx) => {
      await tx.updateTable('dossier').set({ state, paused_from: null }).where('id', '=', dossierId).execute();
      if (acceptedAt) {
        await tx
          .insertInto('dossier_move')
          .values({
            dossier_id: dossierId,
            territory_id: territoryId,
            move: 'accept-plan',
            from_state: 'plan-proposed',
            to_state: 'plan-accepted',
            moved_as: 'carrier',
            moved_at: acceptedAt
          })
          .execute();
      }
      return accept();
    })
  );
}
