import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { copyOf, peopleIn, type CopiedNote, type NoteForm } from './find-note-form.query.ts';
import { mayWrite } from './support.policy.ts';

/** One's own note as its form shows it, to be corrected. */
export interface CorrectedNote extends CopiedNote {
  readonly version: number;
  readonly clientId: string;
  readonly happenedOn: LocalDate;
  readonly done: string | null;
  readonly decided: string | null;
  readonly toDo: string | null;
  readonly nextOn: LocalDate | null;
}

/** One's own note to correct, and who could have been there; null for a note of somebody else. */
export async function findOwnNote(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly noteId: string }
): Promise<{ head: DossierHead; people: NoteForm['people']; note: CorrectedNote } | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own?.isActive || !mayWrite(own.role) || !isId(request.noteId)) return null;
    const row = await tx
      .selectFrom('note')
      .selectAll()
      .where('id', '=', request.noteId)
      .where('dossier_id', '=', own.row.id)
      .where('written_by', '=', ctx.actor.accountId)
      .executeTakeFirst();
    if (!row) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'note-form' });
    const note = {
      ...(await copyOf(tx, row)),
      version: row.version,
      clientId: row.client_id,
      happenedOn: row.happened_on,
      done: row.done,
      decided: row.decided,
      toDo: row.to_do,
      nextOn: row.next_on
    };
    return { head: headOf(own), people: await peopleIn(tx, own.row.id), note };
  });
}
