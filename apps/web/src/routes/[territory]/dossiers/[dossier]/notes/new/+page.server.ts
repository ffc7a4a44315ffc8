import { error, redirect } from '@sveltejs/kit';
import { findNoteForm } from '@terreau/features/support/find-note-form.query';
import { NOTE_KINDS, noteSchema } from '@terreau/features/support/note.schema';
import { writeNote } from '@terreau/features/support/write-note.command';
import { newId } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { asTyped } from '#lib/server/directory/forms.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused, NOTE_KIND_WORDS, optionsOf } from '#lib/server/support/words.ts';
import { familyOptions, withMinutes } from '#lib/server/support/work.ts';
import type { Actions, PageServerLoad } from './$types';

/** The form works without script; what writes without network is an island of its own. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const from = event.url.searchParams.get('from') ?? undefined;
  const appointment = event.url.searchParams.get('appointment') ?? undefined;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, from, appointment };
  const found = orNotFound(await findNoteForm(context, request));
  const today = localDate(context.now, territory.timeZone);
  return {
    dossier: found.head,
    account: context.actor.accountId,
    today,
    kinds: optionsOf(NOTE_KIND_WORDS, NOTE_KINDS),
    themes: familyOptions(),
    people: found.people.map(({ id, name }) => ({ value: id, label: name })),
    values: asTyped({
      kind: 'meeting',
      ...found.copied,
      unnamed: found.copied?.unnamed || '',
      clientId: newId(),
      happenedOn: found.copied?.happenedOn ?? today
    })
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = withMinutes(await typedIn(event.request));
    const read = readTyped(noteSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.fields };
    const verdict = await writeNote(event.locals.context, request);
    if (verdict.ok) {
      const saved = new URLSearchParams({ done: 'saved', note: verdict.value.id });
      redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/notes?${saved}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
