import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { hashOfToken, isConfirmToken } from './confirm-token.ts';

/** What somebody who opens a confirmation link must see before they confirm: the sheet in short. */
export interface SheetToConfirm {
  readonly organizationId: Id;
  readonly territorySlug: string;
  readonly name: string;
  readonly description: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly places: {
    readonly address: string | null;
    readonly city: string | null;
    readonly openingHours: string | null;
  }[];
  readonly promiseMonths: number;
  readonly confirmedAt: Instant | null;
  readonly staleAt: Instant | null;
}

const PLACES_SHOWN_MAX_COUNT = 5;

/** The published sheet behind a confirmation link that still works, or null. Opening it changes nothing. */
export async function findByConfirmLink(ctx: Context, token: string): Promise<SheetToConfirm | null> {
  if (!isConfirmToken(token)) return null;
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('organization')
      .innerJoin('territory', 'territory.id', 'organization.territory_id')
      .select([
        'organization.id as organizationId',
        'territory.slug as territorySlug',
        'organization.name',
        'organization.description',
        'phone',
        'email',
        'website',
        'promise_months as promiseMonths',
        'confirmed_at as confirmedAt',
        'stale_at as staleAt'
      ])
      .where('confirm_token_hash', '=', hashOfToken(token))
      .where('confirm_token_expires_at', '>', ctx.now)
      .where('status', '=', 'published')
      .executeTakeFirst();
    if (!row) return null;
    const places = await tx
      .selectFrom('place')
      .select(['address', 'city', 'opening_hours as openingHours'])
      .where('organization_id', '=', row.organizationId)
      .orderBy('position')
      .orderBy('id')
      .limit(PLACES_SHOWN_MAX_COUNT)
      .execute();
    return { ...row, places };
  });
}
