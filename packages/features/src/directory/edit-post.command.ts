import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { PostFields } from './directory.schema.ts';
import { applyFields } from './field-history.ts';
import { checkPostDate } from './post-lifecycle.rules.ts';
import { byHand, columnsOf, lockOwnOrganization, subjectOf } from './sheet-rows.ts';
import { timeZoneOf } from './time-zone.ts';

export interface EditPostRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  readonly postId: Id;
  /** A need stays a need: `kind` is not changed. */
  readonly fields: PostFields;
}

export type EditPostRefusal = 'not-found' | 'post-date-passed' | 'post-date-too-far';

/** Changes the words or the date of a need or an offer. */
export async function editPost(ctx: Context, request: EditPostRequest): Promise<Verdict<undefined, EditPostRefusal>> {
  return transaction(ctx, 'edit-post', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization || !isId(request.postId)) return refuse('not-found');
    const row = await tx
      .selectFrom('post')
      .selectAll()
      .where('id', '=', request.postId)
      .where('organization_id', '=', organization.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse('not-found');
    const expiresOn = request.fields.expiresOn ?? row.expires_on;
    if (expiresOn !== row.expires_on) {
      const dated = checkPostDate(expiresOn, localDate(ctx.now, await timeZoneOf(tx, request.territoryId)));
      if (!dated.ok) return dated;
    }
    const { kind: _kind, ...fields } = request.fields;
    await applyFields(tx, subjectOf('post', row), row, columnsOf({ ...fields, expiresOn }), byHand(ctx));
    ledger.about('post', row.id, row.territory_id, { organizationId: organization.id });
    return accept();
  });
}
