import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { shownFields } from './shared-project.ts';
import type { ShownFields, Visibility } from './sharing.rules.ts';

/** What a dossier shows outside of its circle, and what it would show now. */
export interface Sharing {
  readonly head: DossierHead;
  readonly visibility: Visibility;
  readonly fields: ShownFields;
  readonly sharedAt: Instant | null;
  /** Something was written since that is not shown. */
  readonly isBehind: boolean;
  readonly isHidden: boolean;
  readonly maySet: boolean;
}

/** For somebody of the circle, the look being written down; null for anybody else. */
export async function findSharing(ctx: Context, territoryId: Id, dossierId: string): Promise<Sharing | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId, as: own.role, kind: 'page', what: 'visibility' });
    const fields = await shownFields(tx, own.row);
    const shared = await tx
      .selectFrom('shared_project')
      .selectAll()
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirst();
    const isShown = shared !== undefined && shared.withdrawn_at === null;
    return {
      head: headOf(own),
      visibility: own.row.visibility as Visibility,
      fields,
      sharedAt: isShown ? shared.shared_at : null,
      isBehind: isShown && shared.mark !== fields.mark,
      isHidden: isShown && shared.hidden_at !== null,
      maySet: own.isActive && own.role !== 'observer' && own.role !== 'expert'
    };
  });
}
