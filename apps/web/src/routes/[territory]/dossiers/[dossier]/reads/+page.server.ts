import { listReads } from '@terreau/features/support/list-reads.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { readerAs, whatWasRead } from '#lib/server/support/read-words.ts';
import { READ_WORDS } from '#lib/server/support/words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const after = event.url.searchParams.get('after') ?? undefined;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, after };
  const page = orNotFound(await listReads(event.locals.context, request));
  return {
    dossier: page.head,
    next: page.next,
    reads: page.reads.map((read) => ({
      ...read,
      as: readerAs(read.as),
      what: whatWasRead(read.what),
      kind: READ_WORDS[read.kind]()
    }))
  };
};
