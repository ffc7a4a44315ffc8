import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { ShareableField, SharedLine } from './shared-fields.rules.ts';

/** What `fields` show of a request, in their order; what is empty is left out. With the platform's rights. */
export async function sharedLines(tx: Tx, requestId: Id, fields: readonly string[]): Promise<SharedLine[]> {
  const row = await tx
    .selectFrom('request')
    .leftJoin('person', 'person.id', 'request.person_id')
    .leftJoin('account', 'account.id', 'person.account_id')
    .leftJoin('neighbourhood', 'neighbourhood.id', 'request.neighbourhood_id')
    .select(['sentence', 'for_whom', 'place_words', 'expectation', 'themes', 'publics', 'request.language'])
    .select(['reached_by', 'neighbourhood.name as neighbourhood', 'person.display_name', 'person.phone'])
    .select((select) => select.fn.coalesce('person.email', 'account.email').as('email'))
    .where('request.id', '=', requestId)
    .executeTakeFirstOrThrow();
  const words: Readonly<Record<ShareableField, string | null>> = {
    sentence: row.sentence,
    'for-whom': row.for_whom,
    place: row.place_words,
    neighbourhood: row.neighbourhood,
    expectation: row.expectation,
    themes: row.themes.join(', '),
    publics: row.publics.join(', '),
    language: row.language,
    'reached-by': row.reached_by,
    name: row.display_name,
    phone: row.phone,
    email: row.email
  };
  return fields
    .map((field) => ({ field: field as ShareableField, text: words[field as ShareableField] ?? '' }))
    .filter((line) => line.text !== '');
}
