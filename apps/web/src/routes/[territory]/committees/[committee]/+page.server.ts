import { error, redirect } from '@sveltejs/kit';
import { addCommitteeTask } from '@terreau/features/support/add-committee-task.command';
import { COMMITTEE_ROLES } from '@terreau/features/support/committee.rules';
import { minutesSchema, opinionSchema, seatSchema, taskSchema } from '@terreau/features/support/committee.schema';
import { findCommittee } from '@terreau/features/support/find-committee.query';
import { finishCommitteeTask } from '@terreau/features/support/finish-committee-task.command';
import { giveOpinion } from '@terreau/features/support/give-opinion.command';
import { seatInCommittee } from '@terreau/features/support/seat-in-committee.command';
import { unseatFromCommittee } from '@terreau/features/support/unseat-from-committee.command';
import { writeMinutes } from '@terreau/features/support/write-minutes.command';
import { formatLocalDate } from '#lib/formats.ts';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import {
  COMMITTEE_ROLE_WORDS,
  failCommittee,
  itemInWords,
  phaseInWords,
  readOfItem
} from '#lib/server/support/committee-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { optionsOf } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const address = { territoryId: territory.id, committeeId: event.params.committee };
  const sheet = orNotFound(await findCommittee(event.locals.context, address));
  const may = (move: (typeof sheet.moves)[number]) => sheet.moves.includes(move);
  return {
    committee: {
      name: m.support_committee_of({ date: formatLocalDate(sheet.heldOn) }),
      place: sheet.place,
      phase: phaseInWords(sheet.phase),
      read: m.support_committee_read_between({
        from: formatLocalDate(sheet.agendaOn),
        to: formatLocalDate(sheet.readUntil)
      }),
      readsAgenda: sheet.readsAgenda,
      items: sheet.items.map(itemInWords),
      members: sheet.members.map(({ id, name, role }) => ({ id, name, role: COMMITTEE_ROLE_WORDS[role]() })),
      roles: optionsOf(COMMITTEE_ROLE_WORDS, COMMITTEE_ROLES),
      maySeat: may('seat'),
      mayGive: may('give-opinion'),
      mayWrite: may('write-minutes'),
      mayFinish: may('finish-task')
    },
    committeeId: sheet.id,
    isSaved: event.url.searchParams.has('done')
  };
};

export const actions: Actions = {
  seat: async (event) => {
    const { address, values } = await asked(event);
    const read = readTyped(seatSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await seatInCommittee(event.locals.context, { ...address, fields: read.fields }), values);
  },
  unseat: async (event) => {
    const { address, values } = await asked(event);
    const request = { ...address, memberId: textIn(values, 'seat') };
    return answer(event, await unseatFromCommittee(event.locals.context, request), values);
  },
  opinion: async (event) => {
    const { address, values } = await asked(event);
    const read = readOfItem(opinionSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await giveOpinion(event.locals.context, { ...address, fields: read.fields }), values);
  },
  minutes: async (event) => {
    const { address, values } = await asked(event);
    const read = readOfItem(minutesSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await writeMinutes(event.locals.context, { ...address, fields: read.fields }), values);
  },
  task: async (event) => {
    const { address, values } = await asked(event);
    const read = readOfItem(taskSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await addCommitteeTask(event.locals.context, { ...address, fields: read.fields }), values);
  },
  finish: async (event) => {
    const { address, values } = await asked(event);
    const request = { ...address, taskId: textIn(values, 'task'), itemId: textIn(values, 'item') };
    return answer(event, await finishCommitteeTask(event.locals.context, request), values);
  }
};

async function asked(event: RequestEvent) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  return { address: { territoryId: territory.id, committeeId: event.params.committee }, values };
}

type Answered = Awaited<
  ReturnType<typeof seatInCommittee | typeof giveOpinion | typeof writeMinutes | typeof addCommitteeTask>
>;

function answer(event: RequestEvent, verdict: Answered, values: Typed) {
  if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
  if (verdict.code === 'not-found') error(404);
  return failCommittee({ code: verdict.code, details: verdict.details }, values);
}
