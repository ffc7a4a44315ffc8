import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

export const CONTACT_LINES_MAX_COUNT = 300;

/** What a counter's list says of an organisation beside its name: where it is and how to reach it. */
export interface ContactLine {
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
}

/** The contact lines of published sheets, by id; the address is that of the first place. */
export async function contactLines(ctx: Context, ids: readonly Id[]): Promise<Map<Id, ContactLine>> {
  const asked = ids.slice(0, CONTACT_LINES_MAX_COUNT);
  if (asked.length === 0) return new Map();
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('organization')
      .leftJoinLateral(
        (from) =>
          from
            .selectFrom('place')
            .select(['address', 'postcode', 'city'])
            .whereRef('place.organization_id', '=', 'organization.id')
            .orderBy('position')
            .orderBy('id')
            .limit(1)
            .as('first_place'),
        (join) => join.onTrue()
      )
      .select(['organization.id', 'phone', 'email', 'first_place.address', 'first_place.postcode', 'first_place.city'])
      .where('organization.id', 'in', asked)
      .where('organization.status', '=', 'published')
      .execute()
  );
  return new Map(rows.map(({ id, ...line }) => [id, line]));
}
