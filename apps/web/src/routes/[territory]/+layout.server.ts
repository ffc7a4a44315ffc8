import { error } from '@sveltejs/kit';
import { holds } from '@terreau/database/context';
import { hasDossiers } from '@terreau/features/support/has-dossiers.query';
import { findTerritory } from '@terreau/features/territories/find-territory.query';
import { FIRST_PAGE } from '#lib/server/own-path.ts';
import { m } from '#texts/messages.js';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
  const territory = await findTerritory(locals.context, params.territory);
  if (!territory) error(404);
  const home = `/${territory.slug}`;
  const { account, context } = locals;
  const isStaff = holds(context.actor, territory.id, 'facilitator', 'coordinator');
  // Whoever carries a project finds it as easily as whoever accompanies it.
  const followsDossiers = isStaff || (await hasDossiers(context, territory.id));
  return {
    territory,
    house: {
      home,
      place: territory.name,
      contact: `${home}/contact`,
      // Where one can go from any page of a territory: one line per capability.
      links: [
        { href: `${home}/organizations`, label: m.house_link_directory() },
        { href: `${home}/supports`, label: m.catalogue_link() },
        { href: `${home}/needs`, label: m.house_link_needs() },
        { href: `${home}/offers`, label: m.house_link_offers() },
        { href: `${home}/projects`, label: m.support_journey_projects_link() },
        { href: `${home}/portrait`, label: m.house_link_portrait() },
        ...(territory.answersArePublic ? [{ href: `${home}/answers`, label: m.requests_answers_link() }] : []),
        { href: `${home}/contact`, label: m.common_contact_link() },
        ...(isStaff
          ? [
              { href: `${home}/week`, label: m.week_title() },
              { href: `${home}/requests`, label: m.requests_title() }
            ]
          : []),
        ...(followsDossiers ? [{ href: `${home}/dossiers`, label: m.support_link() }] : []),
        ...(isStaff ? [{ href: `${home}/coordination`, label: m.house_link_coordination() }] : [])
      ],
      account: account
        ? { href: '/account', label: account.name }
        : {
            href: `/sign-in?next=${encodeURIComponent(`${FIRST_PAGE}?at=${territory.slug}`)}`,
            label: m.accounts_header_sign_in()
          }
    }
  };
};
