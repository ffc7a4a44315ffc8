import { NOTE_KINDS } from '@terreau/features/support/note.schema';
import { localDate } from '@terreau/kernel/instants';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { NOTE_KIND_WORDS, optionsOf } from '#lib/server/support/words.ts';
import { familyOptions } from '#lib/server/support/work.ts';
import type { PageServerLoad } from './$types';

/** What it shows is on the telephone: the page itself is nobody's, and is kept there for the day without network. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params }) => {
  const territory = await territoryAt(locals, params.territory);
  return {
    account: locals.context.actor.accountId,
    today: localDate(locals.context.now, territory.timeZone),
    kinds: optionsOf(NOTE_KIND_WORDS, NOTE_KINDS),
    themes: familyOptions()
  };
};
