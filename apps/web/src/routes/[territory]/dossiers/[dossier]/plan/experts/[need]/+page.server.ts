import { error, redirect } from '@sveltejs/kit';
import { chooseExpert } from '@terreau/features/support/choose-expert.command';
import { deliverExpertMission } from '@terreau/features/support/deliver-expert-mission.command';
import { endExpertMission } from '@terreau/features/support/end-expert-mission.command';
import {
  expertChoiceSchema,
  expertDeliverySchema,
  expertFeedbackSchema,
  expertHoursSchema,
  expertProposalSchema,
  FEEDBACK_SIDES
} from '@terreau/features/support/expert.schema';
import { findExpertNeed } from '@terreau/features/support/find-expert-need.query';
import { logExpertHours } from '@terreau/features/support/log-expert-hours.command';
import { proposeExpert } from '@terreau/features/support/propose-expert.command';
import { tellOfExpertMission } from '@terreau/features/support/tell-of-expert-mission.command';
import { withdrawExpertNeed } from '@terreau/features/support/withdraw-expert-need.command';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { expertNeedPage, failExpert } from '#lib/server/support/expert-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const sheet = orNotFound(await findExpertNeed(event.locals.context, addressOf(territory.id, event)));
  return { dossier: sheet.head, need: expertNeedPage(sheet), isSaved: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  propose: async (event) => {
    const { address, values } = await asked(event);
    const read = readTyped(expertProposalSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await proposeExpert(event.locals.context, { ...address, fields: read.fields }), values);
  },
  choose: async (event) => {
    const { address, values } = await asked(event);
    const read = readTyped(expertChoiceSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await chooseExpert(event.locals.context, { ...address, fields: read.fields }), values);
  },
  withdraw: async (event) => {
    const { address, values } = await asked(event);
    return answer(event, await withdrawExpertNeed(event.locals.context, address), values);
  },
  hours: async (event) => {
    const { address, values } = await asked(event);
    const read = readTyped(expertHoursSchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await logExpertHours(event.locals.context, { ...address, fields: read.fields }), values);
  },
  deliver: async (event) => {
    const { address, values } = await asked(event);
    const read = readTyped(expertDeliverySchema, values);
    if (!read.ok) return read.answer;
    return answer(event, await deliverExpertMission(event.locals.context, { ...address, fields: read.fields }), values);
  },
  tell: async (event) => {
    const { address, values } = await asked(event);
    const side = FEEDBACK_SIDES.find((one) => one === textIn(values, 'side'));
    if (!side) error(404);
    const read = readTyped(expertFeedbackSchema(side), values);
    if (!read.ok) return read.answer;
    return answer(event, await tellOfExpertMission(event.locals.context, { ...address, fields: read.fields }), values);
  },
  end: async (event) => {
    const { address, values } = await asked(event);
    return answer(event, await endExpertMission(event.locals.context, address), values);
  }
};

async function asked(event: RequestEvent) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  return { address: addressOf(territory.id, event), values };
}

function addressOf(territoryId: string, { params }: Pick<RequestEvent, 'params'>) {
  return { territoryId, dossierId: params.dossier, needId: params.need };
}

type Answered = Awaited<
  ReturnType<
    | typeof proposeExpert
    | typeof chooseExpert
    | typeof withdrawExpertNeed
    | typeof logExpertHours
    | typeof deliverExpertMission
    | typeof tellOfExpertMission
  >
>;

function answer(event: RequestEvent, verdict: Answered, values: Typed) {
  if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
  if (verdict.code === 'not-found') error(404);
  return failExpert({ code: verdict.code, details: verdict.details }, values);
}
