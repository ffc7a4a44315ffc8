import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier, type OwnDossier } from './circle.ts';
import { shownFields } from './shared-project.ts';
import type { ShownFields, Visibility } from './sharing.rules.ts';

export interface ShareProjectRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly visibility: Visibility;
  /** What was listed on screen, as `shownMark` gives it: nothing else is shown. */
  readonly mark: string;
  /** Whoever carries the project said yes aloud: what lets whoever accompanies write it down. */
  readonly agreedAloud: boolean;
}

export type ShareProjectRefusal =
  'not-found' | 'decision-not-yours' | 'sharing-agreement-missing' | 'changed-meanwhile' | 'project-untold';

/**
 * Shows a project outside of its circle, exactly as it was listed, or takes it back: taking back asks for nothing, and
 * empties what was shown.
 */
export async function shareProject(
  ctx: Context,
  request: ShareProjectRequest
): Promise<Verdict<Visibility, ShareProjectRefusal>> {
  const { territoryId, dossierId, visibility } = request;
  return transaction(ctx, 'share-project', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role === 'expert') return refuse('decision-not-yours');
    if (visibility === 'circle') await takeBack(tx, ctx, own.row.id);
    else {
      if (own.role === 'facilitator' && !request.agreedAloud) return refuse('sharing-agreement-missing');
      const fields = await shownFields(tx, own.row);
      if (fields.mark !== request.mark) return refuse('changed-meanwhile');
      if (!fields.sentence) return refuse('project-untold');
      await show(tx, ctx, own, visibility, fields);
    }
    await tx
      .updateTable('dossier')
      .set({ visibility, version: own.row.version + 1, updated_at: ctx.now })
      .where('id', '=', own.row.id)
      .execute();
    ledger.about('dossier', own.row.id, territoryId, { visibility });
    return accept(visibility);
  });
}

async function takeBack(tx: Tx, ctx: Context, dossierId: Id): Promise<void> {
  await tx
    .updateTable('shared_project')
    .set({
      withdrawn_at: ctx.now,
      themes: [],
      neighbourhood_id: null,
      sentence: null,
      for_whom: null,
      place_words: null,
      aim: null,
      first_actions: null,
      hoped_change: null,
      mark: null
    })
    .where('dossier_id', '=', dossierId)
    .execute();
}

async function show(
  tx: Tx,
  ctx: Context,
  { row, role }: OwnDossier,
  audience: Exclude<Visibility, 'circle'>,
  fields: ShownFields
): Promise<void> {
  const shown = {
    audience,
    title: fields.title,
    neighbourhood_id: fields.neighbourhood?.id ?? null,
    themes: [...fields.themes],
    sentence: fields.sentence,
    for_whom: fields.forWhom,
    place_words: fields.placeWords,
    aim: fields.aim,
    first_actions: fields.firstActions,
    hoped_change: fields.hopedChange,
    mark: fields.mark,
    shared_by: ctx.actor.accountId,
    shared_as: role,
    shared_at: ctx.now,
    withdrawn_at: null
  };
  await tx
    .insertInto('shared_project')
    .values({ dossier_id: row.id, territory_id: row.territory_id, ...shown })
    .onConflict((conflict) => conflict.column('dossier_id').doUpdateSet(shown))
    .execute();
}
