import { error, fail, redirect } from '@sveltejs/kit';
import { callBackToday } from '@terreau/features/orientation/call-back-today.command';
import { ownWeek } from '@terreau/features/orientation/own-week.query';
import { settleContact } from '@terreau/features/orientation/settle-contact.command';
import { tellAnswer } from '@terreau/features/orientation/tell-answer.command';
import { isId } from '@terreau/kernel/ids';
import type { Verdict } from '@terreau/kernel/verdict';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { weekPage } from '#lib/server/week/week-page.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Opened in a stairwell, on a poor network: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { id, slug, timeZone } = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const { context } = locals;
  const week = await ownWeek(context, id, timeZone);
  if (!week) error(404);
  return { week: weekPage(week, { home: `/${slug}`, now: context.now, timeZone }), now: context.now };
};

export const actions: Actions = {
  call: (event) => settle(event, 'request', (ctx, on, requestId) => callBackToday(ctx, { ...on, requestId })),
  done: (event) =>
    settle(event, 'contact', (ctx, on, contactId) => settleContact(ctx, { ...on, contactId, outcome: 'reached' })),
  postpone: (event) =>
    settle(event, 'contact', (ctx, on, contactId) => settleContact(ctx, { ...on, contactId, outcome: 'postponed' })),
  told: (event) => settle(event, 'offer', (ctx, on, offerId) => tellAnswer(ctx, { ...on, offerId }))
};

type Gesture = (
  ctx: App.Locals['context'],
  on: { readonly territoryId: string },
  id: string
) => Promise<Verdict<undefined, string>>;

/** One gesture on one line, then the week again. A line that somebody else settled meanwhile is said to be so. */
async function settle(event: RequestEvent, field: string, gesture: Gesture) {
  const { locals, params, request, url } = event;
  const territory = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const id = formText(await request.formData(), field);
  const week = isId(id) && (await gesture(locals.context, { territoryId: territory.id }, id));
  if (!week || !week.ok) {
    if (!(await ownWeek(locals.context, territory.id, territory.timeZone))) error(404);
    return fail(409, { problem: m.week_refused_gone() });
  }
  redirect(303, `/${territory.slug}/week`);
}
