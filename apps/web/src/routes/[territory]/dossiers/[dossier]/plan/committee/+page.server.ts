import { error, redirect } from '@sveltejs/kit';
import { CONSENT_CHANNELS } from '@terreau/features/support/committee.rules';
import { agendaItemSchema } from '@terreau/features/support/committee.schema';
import { findAgendaForm } from '@terreau/features/support/find-agenda-form.query';
import { putOnAgenda } from '@terreau/features/support/put-on-agenda.command';
import { takeOffAgenda } from '@terreau/features/support/take-off-agenda.command';
import { formatLocalDate } from '#lib/formats.ts';
import { textIn } from '#lib/server/directory/forms.ts';
import { CHANNEL_WORDS, failCommittee, itemInWords } from '#lib/server/support/committee-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { optionsOf, stepInWords } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const form = orNotFound(await findAgendaForm(event.locals.context, request));
  const isStructure = form.people.some(({ isReader }) => isReader);
  return {
    dossier: form.head,
    mayWrite: form.mayWrite,
    today: form.today,
    step: stepInWords(form.step),
    items: form.items.map((item) => ({
      ...itemInWords(item),
      of: m.support_committee_of({ date: formatLocalDate(item.heldOn) }),
      isWithdrawn: item.isWithdrawn
    })),
    committees: form.committees.map(({ id, heldOn }) => ({
      value: id,
      label: m.support_committee_of({ date: formatLocalDate(heldOn) })
    })),
    people: form.people.map(({ id, name }) => ({ value: id, label: name })),
    // On the page one says yes for oneself alone.
    channels: optionsOf(
      CHANNEL_WORDS,
      CONSENT_CHANNELS.filter((channel) => channel !== 'page' || isStructure)
    ),
    isSaved: event.url.searchParams.has('done')
  };
};

export const actions: Actions = {
  put: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(agendaItemSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await putOnAgenda(event.locals.context, { ...place, fields: read.fields });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failCommittee({ code: verdict.code, details: verdict.details }, values);
  },
  takeOff: async (event) => {
    const { place, values } = await asked(event);
    const verdict = await takeOffAgenda(event.locals.context, { ...place, itemId: textIn(values, 'item') });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failCommittee({ code: verdict.code, details: verdict.details }, values);
  }
};

async function asked(event: RequestEvent) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  return { place: { territoryId: territory.id, dossierId: event.params.dossier }, values };
}
