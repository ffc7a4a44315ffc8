import { error, fail, redirect } from '@sveltejs/kit';
import { maySeeMembers } from '@terreau/features/accounts/accounts.policy';
import { confirmOrganization } from '@terreau/features/directory/confirm-organization.command';
import { findOrganization } from '@terreau/features/directory/find-organization.query';
import { mayOpenDossier } from '@terreau/features/support/support.policy';
import { sheetPage } from '#lib/server/directory/sheet-page.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page but its islands. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const found = await findOrganization(locals.context, territory.id, params.organization);
  if (!found) error(404);
  if (found.kind === 'merged') redirect(301, `/${territory.slug}/organizations/${found.keptId}`);
  return {
    sheet: sheetPage(found.sheet, territory, locals.context.now),
    maySeeMembers: maySeeMembers(locals.context.actor, territory.id, found.sheet.id),
    mayOpenDossier: mayOpenDossier(locals.context.actor, territory.id),
    isClear: url.searchParams.get('version') === 'clear',
    done: url.searchParams.get('done')
  };
};

export const actions: Actions = {
  confirm: async ({ locals, params }) => {
    const territory = await territoryAt(locals, params.territory);
    const request = { territoryId: territory.id, organizationId: params.organization, promiseMonths: null };
    const verdict = await confirmOrganization(locals.context, request);
    if (!verdict.ok) return fail(404);
    redirect(303, `/${territory.slug}/organizations/${params.organization}?done=confirmed`);
  }
};
