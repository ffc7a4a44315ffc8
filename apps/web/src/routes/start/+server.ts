import { redirect } from '@sveltejs/kit';
import { holds } from '@terreau/database/context';
import { listOwnRoles } from '@terreau/features/accounts/list-own-roles.query';
import { findTerritory } from '@terreau/features/territories/find-territory.query';
import { FIRST_PAGE } from '#lib/server/own-path.ts';
import type { RequestHandler } from './$types';

/**
 * The first page of somebody who signs in: what they owe, where they accompany people; what waits, where they
 * coordinate; otherwise the territory from which they came (`at`), or their own page.
 */
export const GET: RequestHandler = async ({ locals, url }) => {
  if (!locals.account) redirect(303, `/sign-in?next=${encodeURIComponent(FIRST_PAGE + url.search)}`);
  const { context } = locals;
  const at = url.searchParams.get('at');
  const asked = at ? await findTerritory(context, at) : null;
  const own = (await listOwnRoles(context)).flatMap((role) => role.territorySlug ?? []);
  for (const slug of asked ? [asked.slug] : own) {
    const territory = await findTerritory(context, slug);
    if (!territory) continue;
    if (holds(context.actor, territory.id, 'facilitator')) redirect(303, `/${slug}/week`);
    if (holds(context.actor, territory.id, 'coordinator')) redirect(303, `/${slug}/coordination`);
  }
  redirect(303, asked ? `/${asked.slug}` : '/account');
};
