import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusLocalDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { PostFields } from './directory.schema.ts';
import { rememberFirstFields } from './field-history.ts';
import { checkPostDate, LIVE_STATES, POST_DEFAULT_DAYS } from './post-lifecycle.rules.ts';
import { byHand, columnsOf, lockOwnOrganization, subjectOf } from './sheet-rows.ts';
import { timeZoneOf } from './time-zone.ts';

/** Needs and offers that one organisation may have open at the same time. */
export const LIVE_POSTS_MAX_COUNT = 30;

export interface AddPostRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  readonly fields: PostFields;
}

export type AddPostRefusal = 'not-found' | 'too-many-posts' | 'post-date-passed' | 'post-date-too-far';

/** Posts a need or an offer of an organisation; without a date it stands for {@link POST_DEFAULT_DAYS} days. */
export async function addPost(ctx: Context, request: AddPostRequest): Promise<Verdict<Id, AddPostRefusal>> {
  return transaction(ctx, 'add-post', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization) return refuse('not-found');
    const today = localDate(ctx.now, await timeZoneOf(tx, request.territoryId));
    const dated = checkPostDate(request.fields.expiresOn ?? plusLocalDays(today, POST_DEFAULT_DAYS), today);
    if (!dated.ok) return dated;
    const live = await tx
      .selectFrom('post')
      .select('id')
      .where('organization_id', '=', organization.id)
      .where('state', 'in', LIVE_STATES)
      .limit(LIVE_POSTS_MAX_COUNT)
      .execute();
    if (live.length >= LIVE_POSTS_MAX_COUNT) return refuse('too-many-posts', { count: LIVE_POSTS_MAX_COUNT });
    const { kind, ...fields } = request.fields;
    const columns = { ...columnsOf(fields), expires_on: dated.value };
    const row = await tx
      .insertInto('post')
      .values({
        ...columns,
        kind,
        category: fields.category,
        title: fields.title,
        territory_id: organization.territory_id,
        organization_id: organization.id,
        posted_by: ctx.actor.accountId,
        posted_at: ctx.now,
        state_changed_at: ctx.now
      })
      .returning(['id', 'territory_id', 'organization_id'])
      .executeTakeFirstOrThrow();
    await rememberFirstFields(tx, subjectOf('post', row), columns, byHand(ctx));
    ledger.about('post', row.id, row.territory_id, { kind, organizationId: organization.id });
    return accept(row.id);
  });
}
