import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { checkSupport } from '@terreau/features/orientation/check-support.command';
import { findSupport } from '@terreau/features/orientation/find-support.query';
import { moveSupport, type SupportMove } from '@terreau/features/orientation/move-support.command';
import { shareSupport } from '@terreau/features/orientation/share-support.command';
import { keepsCatalogue } from '@terreau/features/orientation/support.policy';
import { addSupportToPlan } from '@terreau/features/support/add-support-to-plan.command';
import { listOpenPlans } from '@terreau/features/support/list-open-plans.query';
import { supportDrift } from '@terreau/features/orientation/support-templates.query';
import { doneText, supportRefusal, type SupportRefusal } from '#lib/server/catalogue/refusals.ts';
import { supportPage } from '#lib/server/catalogue/sheet-page.ts';
import { planRefusal } from '#lib/server/support/plan-words.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const sheet = await findSupport(locals.context, territory.id, params.support);
  if (!sheet) error(404);
  return {
    sheet: supportPage(sheet, `/${territory.slug}`),
    isKeeper: keepsCatalogue(locals.context.actor, territory.id),
    isAdopted: (await supportDrift(locals.context, territory.id, sheet.id)) !== null,
    plans: (await listOpenPlans(locals.context, territory.id)).map(({ id, title }) => ({ value: id, label: title })),
    done: doneText(url.searchParams)
  };
};

export const actions: Actions = {
  check: async (event) => {
    const { request, here } = await place(event);
    const verdict = await checkSupport(event.locals.context, request);
    return verdict.ok ? redirect(303, `${here}?done=checked`) : refused(verdict.code);
  },
  hide: (event) => move(event, 'hide'),
  show: (event) => move(event, 'show'),
  withdraw: (event) => move(event, 'withdraw'),
  plan: async (event) => {
    const { request } = await place(event);
    const dossierId = String((await event.request.formData()).get('dossier') ?? '');
    const verdict = await addSupportToPlan(event.locals.context, { ...request, dossierId });
    if (verdict.ok)
      redirect(303, `/${event.params.territory}/dossiers/${dossierId}/plan/actions/${verdict.value}?done`);
    if (verdict.code === 'not-found') error(404);
    return fail(409, {
      summary: [{ field: null, text: planRefusal({ code: verdict.code, details: verdict.details }) }]
    });
  },
  share: async (event) => {
    const { request, here } = await place(event);
    const note = String((await event.request.formData()).get('note') ?? '').trim() || null;
    const verdict = await shareSupport(event.locals.context, { ...request, note });
    return verdict.ok ? redirect(303, `${here}?done=shared&number=${verdict.value.number}`) : refused(verdict.code);
  }
};

type Event = RequestEvent<{ territory: string; support: string }>;

async function move(event: Event, to: SupportMove) {
  const { request, here } = await place(event);
  const verdict = await moveSupport(event.locals.context, { ...request, move: to });
  return verdict.ok ? redirect(303, `${here}?done=moved`) : refused(verdict.code);
}

async function place({ locals, params, url }: Event) {
  mustBeSignedIn(locals, url);
  const territory = await territoryAt(locals, params.territory);
  const here = `/${territory.slug}/supports/${params.support}`;
  return { here, request: { territoryId: territory.id, supportId: params.support } };
}

function refused(code: SupportRefusal | 'not-found') {
  if (code === 'not-found') error(404);
  return fail(409, { summary: [{ field: null, text: supportRefusal(code) }] });
}
