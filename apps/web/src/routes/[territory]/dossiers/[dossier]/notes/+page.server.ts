import { listNotes } from '@terreau/features/support/list-notes.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { NOTE_KIND_WORDS } from '#lib/server/support/words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const after = event.url.searchParams.get('after') ?? undefined;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, after };
  const page = orNotFound(await listNotes(event.locals.context, request));
  return {
    dossier: page.head,
    mayWrite: page.head.isActive && page.head.role !== 'observer',
    notes: page.notes.map((note) => ({ ...note, kind: NOTE_KIND_WORDS[note.kind]() })),
    next: page.next,
    isSaved: event.url.searchParams.get('done') === 'saved'
  };
};
