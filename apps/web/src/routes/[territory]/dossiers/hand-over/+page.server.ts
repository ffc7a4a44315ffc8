import { error, redirect } from '@sveltejs/kit';
import { findPortfolios } from '@terreau/features/support/find-portfolios.query';
import { handOverDossiers } from '@terreau/features/support/hand-over-dossiers.command';
import { listFacilitators } from '@terreau/features/support/list-facilitators.query';
import { mayMovePortfolio } from '@terreau/features/support/support.policy';
import { textIn } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** Stands in the form for those whom nobody accompanies any more. */
const NOBODY = 'nobody';
const REASON_MAX_CHARACTERS = 300;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const { people, unaccompanied } = orNotFound(await findPortfolios(context, territory.id));
  const facilitators = await listFacilitators(context, territory.id);
  const coordinates = mayMovePortfolio(context.actor, territory.id);
  const receivers = facilitators.filter(({ id }) => coordinates || id !== context.actor.accountId);
  const nobody = { value: NOBODY, label: m.support_portfolio_from_nobody({ count: unaccompanied }) };
  const portfolios = people.map(({ id, name, dossiers }) => ({
    value: id,
    label: m.support_portfolio_from_one({ name, count: dossiers })
  }));
  return {
    unaccompanied,
    portfolios: unaccompanied > 0 ? [nobody, ...portfolios] : portfolios,
    receivers: receivers.map(({ id, name }) => ({ value: id, label: name })),
    coordinates,
    done: counted(event.url.searchParams, 'done'),
    untold: counted(event.url.searchParams, 'untold')
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const from = textIn(values, 'from') || event.locals.account!.id;
    const verdict = await handOverDossiers(event.locals.context, {
      territoryId: territory.id,
      fromAccountId: from === NOBODY ? null : from,
      toAccountId: textIn(values, 'to'),
      reason: textIn(values, 'reason').slice(0, REASON_MAX_CHARACTERS) || null,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done=${verdict.value.moved}&untold=${verdict.value.untold}`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values, 'to');
  }
};

function counted(params: URLSearchParams, name: string): number {
  const count = Number(params.get(name) ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
