import { error, redirect } from '@sveltejs/kit';
import { correctNote } from '@terreau/features/support/correct-note.command';
import { findOwnNote } from '@terreau/features/support/find-own-note.query';
import { NOTE_KINDS, noteSchema } from '@terreau/features/support/note.schema';
import { localDate } from '@terreau/kernel/instants';
import { asTyped } from '#lib/server/directory/forms.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused, NOTE_KIND_WORDS, optionsOf } from '#lib/server/support/words.ts';
import { familyOptions, withMinutes } from '#lib/server/support/work.ts';
import type { Actions, PageServerLoad } from './$types';

/** The form works without script; only the reminder is one. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const { dossier: dossierId, note: noteId } = event.params;
  const found = orNotFound(await findOwnNote(context, { territoryId: territory.id, dossierId, noteId }));
  return {
    dossier: found.head,
    today: localDate(context.now, territory.timeZone),
    kinds: optionsOf(NOTE_KIND_WORDS, NOTE_KINDS),
    themes: familyOptions(),
    people: found.people.map(({ id, name }) => ({ value: id, label: name })),
    values: asTyped({ ...found.note, unnamed: found.note.unnamed || '' })
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const { dossier: dossierId, note: noteId } = event.params;
    const place = { territoryId: territory.id, dossierId, noteId };
    orNotFound(await findOwnNote(event.locals.context, place));
    const values = withMinutes(await typedIn(event.request));
    const read = readTyped(noteSchema, values);
    if (!read.ok) return read.answer;
    const version = Number(values['version']);
    const verdict = await correctNote(event.locals.context, { ...place, version, fields: read.fields });
    if (verdict.ok) {
      const saved = new URLSearchParams({ done: 'corrected', note: noteId });
      redirect(303, `/${territory.slug}/dossiers/${dossierId}/notes?${saved}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
