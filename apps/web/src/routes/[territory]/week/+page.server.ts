import { error, fail, redirect } from '@sveltejs/kit';
import { listNearDeadlines } from '@terreau/features/funding/list-deadlines.query';
import { keepPromise } from '@terreau/features/orientation/keep-promise.command';
import { ownWeek } from '@terreau/features/orientation/own-week.query';
import { promiseContact } from '@terreau/features/orientation/promise-contact.command';
import { tellAnswer } from '@terreau/features/orientation/tell-answer.command';
import { keepCallBack } from '@terreau/features/support/keep-call-back.command';
import { dueCheckUps } from '@terreau/features/support/find-feedback.query';
import { dueContacts } from '@terreau/features/support/due-contacts.query';
import { listUnmetDossiers } from '@terreau/features/support/list-unmet-dossiers.query';
import { ownPromises } from '@terreau/features/support/own-promises.query';
import { isId } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import type { Verdict } from '@terreau/kernel/verdict';
import { formatLocalDate } from '#lib/formats.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { nearDeadlines } from '#lib/server/funding/near-deadlines.ts';
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
  const promises = await ownPromises(context, id, timeZone);
  return {
    week: weekPage(week, { home: `/${slug}`, now: context.now, timeZone }),
    promises: promises.map(({ dossierId, title, count, firstDueOn }) => ({
      id: dossierId,
      href: `/${slug}/dossiers/${dossierId}/plan`,
      title,
      text: m.support_plan_week_line({ count, when: formatLocalDate(firstDueOn) }),
      isLate: firstDueOn < week.today
    })),
    due: await dueWords(context, id, week.today),
    checkUps: (await dueCheckUps(context, id)).map((one) => ({ ...one, day: formatLocalDate(one.on) })),
    deadlines: nearDeadlines(await listNearDeadlines(context, { territoryId: id, today: week.today }), week.today),
    unmet: await listUnmetDossiers(context, id),
    now: context.now
  };
};

/** How many dossiers are to be contacted, and since when the first waits; null for none. */
async function dueWords(context: App.Locals['context'], territoryId: string, today: string) {
  const { count, firstOn } = await dueContacts(context, territoryId, today);
  return firstOn === null ? null : { count, isLate: firstOn < today, when: formatLocalDate(firstOn) };
}

export const actions: Actions = {
  call: (event) =>
    settle(event, (ctx, { territoryId, today }, { request, version }) =>
      promiseContact(ctx, { territoryId, requestId: request, version, kind: 'call', on: today, note: null })
    ),
  done: (event) =>
    settle(event, (ctx, { territoryId }, { request, dossier, contact }) =>
      dossier
        ? keepCallBack(ctx, { territoryId, dossierId: dossier, contactId: contact, outcome: 'reached' })
        : keepPromise(ctx, { territoryId, requestId: request, contactId: contact, outcome: 'reached' })
    ),
  // Promised anew before the old promise is put aside: nobody is left without one.
  postpone: (event) =>
    settle(event, async (ctx, { territoryId, today, week }, { request, dossier, contact }) => {
      if (dossier) {
        return keepCallBack(ctx, { territoryId, dossierId: dossier, contactId: contact, outcome: 'postponed' });
      }
      const late = week.contacts.lines.find(({ id }) => id === contact);
      if (!late) return null;
      const again = { territoryId, requestId: request, kind: late.kind, on: today, note: late.note };
      const promised = await promiseContact(ctx, again);
      if (!promised.ok) return promised;
      return keepPromise(ctx, { territoryId, requestId: request, contactId: contact, outcome: 'postponed' });
    }),
  told: (event) => settle(event, (ctx, { territoryId }, { offer }) => tellAnswer(ctx, { territoryId, offerId: offer }))
};

/** Where and when the gesture is made, and what waited before it. */
interface Here {
  readonly territoryId: string;
  readonly today: string;
  readonly week: NonNullable<Awaited<ReturnType<typeof ownWeek>>>;
}

/** What the form of a line names. */
interface Named {
  readonly request: string;
  readonly dossier: string;
  readonly contact: string;
  readonly offer: string;
  readonly version: number | undefined;
}

type Gesture = (ctx: App.Locals['context'], here: Here, named: Named) => Promise<Verdict<unknown, string> | null>;

/** One gesture on one line, then the week again. A line that somebody else settled meanwhile is said to be so. */
async function settle(event: RequestEvent, gesture: Gesture) {
  const { locals, params, request, url } = event;
  const { id: territoryId, slug, timeZone } = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const { context } = locals;
  const week = await ownWeek(context, territoryId, timeZone);
  if (!week) error(404);
  const named = await namedIn(request);
  const here = { territoryId, today: localDate(context.now, timeZone), week };
  const verdict = named && (await gesture(context, here, named));
  if (!verdict?.ok) return fail(409, { problem: m.week_refused_gone() });
  redirect(303, `/${slug}/week`);
}

/** Ids that are none name nothing: the line is gone. */
async function namedIn(request: Request): Promise<Named | null> {
  const form = await request.formData();
  const [asked, dossier, contact, offer] = ['request', 'dossier', 'contact', 'offer'].map((name) =>
    formText(form, name)
  );
  if ([asked, dossier, contact, offer].some((id) => id !== '' && !isId(id))) return null;
  const version = Number(formText(form, 'version'));
  return {
    request: asked!,
    dossier: dossier!,
    contact: contact!,
    offer: offer!,
    version: version > 0 ? version : undefined
  };
}
