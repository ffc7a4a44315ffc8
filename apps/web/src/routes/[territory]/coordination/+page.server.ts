import { error, fail, redirect } from '@sveltejs/kit';
import { moveRequest } from '@terreau/features/orientation/move-request.command';
import { requestDesk } from '@terreau/features/orientation/request-desk.query';
import { findPortfolios } from '@terreau/features/support/find-portfolios.query';
import { coordinationDesk } from '@terreau/features/territories/coordination-desk.query';
import { mayShapeTerritory } from '@terreau/features/territories/territories.policy';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const { context } = locals;
  const desk = await coordinationDesk(context, territory.id);
  const requests = await requestDesk(context, territory.id);
  if (!desk || !requests) error(404);
  return {
    desk,
    requests,
    unaccompanied: (await findPortfolios(context, territory.id))?.unaccompanied ?? 0,
    mayShape: mayShapeTerritory(context.actor, territory.id),
    isFragile: context.engine.kind === 'embedded',
    now: context.now
  };
};

export const actions: Actions = {
  /** Entrusts a request to somebody of the team. */
  assign: async ({ locals, params, request, url }) => {
    const territory = await territoryAt(locals, params.territory);
    mustBeSignedIn(locals, url);
    if (!mayShapeTerritory(locals.context.actor, territory.id)) error(404);
    const form = await request.formData();
    const version = Number(formText(form, 'version'));
    const verdict = await moveRequest(locals.context, {
      territoryId: territory.id,
      requestId: formText(form, 'request'),
      move: 'assign',
      assigneeId: formText(form, 'to'),
      ...(Number.isInteger(version) && version > 0 ? { version } : {}),
      origin: (await platform()).settings.origin
    });
    if (!verdict.ok) return fail(409, { problem: ASSIGN_REFUSALS[verdict.code]?.() ?? m.week_refused_gone() });
    redirect(303, `/${territory.slug}/coordination`);
  }
};

const ASSIGN_REFUSALS: Partial<Record<string, () => string>> = {
  'already-responsible': m.week_desk_already_theirs,
  'not-of-the-team': m.week_desk_not_of_the_team
};
