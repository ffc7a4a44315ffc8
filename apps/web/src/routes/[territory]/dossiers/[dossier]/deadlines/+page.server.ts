import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { addDeadline } from '@terreau/features/funding/add-deadline.command';
import { deadlineSchema } from '@terreau/features/funding/budget.schema';
import { DEADLINE_KINDS } from '@terreau/features/funding/deadlines.rules';
import { listDeadlines, type ListedDeadline } from '@terreau/features/funding/list-deadlines.query';
import { settleDeadline } from '@terreau/features/funding/settle-deadline.command';
import * as v from 'valibot';
import { textIn } from '#lib/server/directory/forms.ts';
import { DEADLINE_WORDS, failFunding, failFundingFields } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { optionsOf } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const list = orNotFound(await listDeadlines(event.locals.context, request));
  const shown = (deadline: ListedDeadline) => {
    const words = DEADLINE_WORDS[deadline.kind]();
    const about = [deadline.label, deadline.funding === deadline.label ? null : deadline.funding].filter(Boolean);
    return { ...deadline, words, about: about.join(' · ') };
  };
  return {
    dossier: list.head,
    mayWork: list.mayWork,
    open: list.open.map(shown),
    done: list.done.map(shown),
    yearEndsOn: list.yearEndsOn,
    kinds: optionsOf(DEADLINE_WORDS, DEADLINE_KINDS),
    people: list.people.map(({ id, name }) => ({ value: id, label: name })),
    fundings: list.fundings.map(({ key, label }) => ({ value: key, label })),
    line: event.url.searchParams.get('line') ?? '',
    isAdded: event.url.searchParams.has('done')
  };
};

type Event = RequestEvent<{ territory: string; dossier: string }>;

export const actions: Actions = {
  add: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const request = { territoryId: territory.id, dossierId: event.params.dossier };
    const read = v.safeParse(deadlineSchema, values);
    if (!read.success) return failFundingFields(read.issues, values);
    const verdict = await addDeadline(event.locals.context, { ...request, fields: read.output });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failFunding({ code: verdict.code, details: verdict.details }, values);
  },
  settle: (event) => settle(event, true),
  undo: (event) => settle(event, false)
};

async function settle(event: Event, isDone: boolean) {
  const territory = await signedInAt(event);
  const deadlineId = textIn(await typedIn(event.request), 'deadline');
  const request = { territoryId: territory.id, dossierId: event.params.dossier, deadlineId, isDone };
  if (!(await settleDeadline(event.locals.context, request)).ok) error(404);
  redirect(303, event.url.pathname);
}
