import { listNotes } from '@terreau/features/support/list-notes.query';
import { findUnfitWords } from '@terreau/features/support/unfit-words.rules';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { NOTE_KIND_WORDS } from '#lib/server/support/words.ts';
import { familyInWords } from '#lib/server/support/work.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page but the notes that wait on the telephone. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const after = event.url.searchParams.get('after') ?? undefined;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, after };
  const page = orNotFound(await listNotes(event.locals.context, request));
  const saved = page.notes.find((note) => note.isOwn && note.id === event.url.searchParams.get('note'));
  return {
    dossier: page.head,
    account: event.locals.context.actor.accountId,
    mayWrite: page.head.isActive && page.head.role !== 'observer',
    notes: page.notes.map((note) => ({
      ...note,
      kind: NOTE_KIND_WORDS[note.kind](),
      themes: note.themes.map(familyInWords)
    })),
    // Without script nothing was said while it was typed: it is said once it is saved, and nothing was refused.
    unfit: saved
      ? {
          noteId: saved.id,
          words: findUnfitWords([saved.place, saved.done, saved.decided, saved.toDo].join('\n')).map(
            ({ words }) => words
          )
        }
      : null,
    next: page.next,
    done: event.url.searchParams.get('done')
  };
};
