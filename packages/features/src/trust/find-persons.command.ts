import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { mayAnswerForPerson } from './trust.policy.ts';

export const PERSONS_SHOWN_MAX_COUNT = 20;
export const PERSON_WORDS_MIN_CHARACTERS = 2;
export const PERSON_WORDS_MAX_CHARACTERS = 120;

/** Enough to recognise who is asking, and no more. */
export interface FoundPerson {
  readonly id: Id;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly since: Instant;
}

export interface FoundPersons {
  readonly persons: readonly FoundPerson[];
  /** More answer than are shown: the words must say more. */
  readonly hasMore: boolean;
}

export type FindPersonsRefusal = 'not-found' | 'words-too-short';

/**
 * People without an account whose name, telephone or address holds `words`, for the team that answers them about their
 * own data. There is no list to browse, and each search is written in the journal, without its words.
 */
export async function findPersons(
  ctx: Context,
  request: { readonly territoryId: Id; readonly words: string }
): Promise<Verdict<FoundPersons, FindPersonsRefusal>> {
  return transaction(ctx, 'find-persons', async (tx, ledger) => {
    const { territoryId } = request;
    if (!mayAnswerForPerson(ctx.actor, territoryId)) return refuse('not-found');
    const words = request.words.trim().slice(0, PERSON_WORDS_MAX_CHARACTERS);
    if (words.length < PERSON_WORDS_MIN_CHARACTERS) return refuse('words-too-short');
    const digits = words.replace(/\D/g, '').replace(/^(?:0|33)/, '');
    const rows = await tx
      .selectFrom('person')
      .select(['id', 'display_name', 'phone', 'email', 'created_at'])
      .where('territory_id', '=', territoryId)
      .where('account_id', 'is', null)
      .where('erased_at', 'is', null)
      .where(
        sql<boolean>`position(lower(unaccent(${words})) in lower(unaccent(display_name))) > 0
          or lower(email) = lower(${words})
          or (${digits.length} >= 6 and position(${digits} in regexp_replace(phone, '[^0-9]', '', 'g')) > 0)`
      )
      .orderBy('id', 'desc')
      .limit(PERSONS_SHOWN_MAX_COUNT + 1)
      .execute();
    const persons = rows.slice(0, PERSONS_SHOWN_MAX_COUNT);
    ledger.about('territory', territoryId, territoryId, { found: persons.length });
    return accept({
      persons: persons.map((row) => ({
        id: row.id,
        name: row.display_name,
        phone: row.phone,
        email: row.email,
        since: row.created_at
      })),
      hasMore: rows.length > PERSONS_SHOWN_MAX_COUNT
    });
  });
}
