import { fail } from '@sveltejs/kit';
import { describeOpeningHours } from '@terreau/calendar/describe';
import { confirmByLink } from '@terreau/features/directory/confirm-by-link.command';
import { findByConfirmLink } from '@terreau/features/directory/find-by-confirm-link.query';
import { formatShortDate } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { phoneInWords } from '#lib/server/directory/sheet-page.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent, and mail scanners that open links confirm nothing. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  // The address is the key: it must not travel to the sites that the page links to, nor stay in caches.
  setHeaders({ 'cache-control': 'private, no-store' });
  const sheet = await findByConfirmLink(locals.context, params.token);
  if (!sheet) return { sheet: null };
  return {
    sheet: {
      name: sheet.name,
      href: `/${sheet.territorySlug}/organizations/${sheet.organizationId}`,
      description: sheet.description,
      phone: phoneInWords(sheet.phone)?.shown ?? null,
      email: sheet.email,
      website: sheet.website,
      places: sheet.places.map((place) => ({
        where: [place.address, place.city].filter(Boolean).join(', '),
        hours: place.openingHours ? describeOpeningHours(place.openingHours, currentLanguage()) : []
      })),
      months: sheet.promiseMonths,
      confirmedOn: sheet.confirmedAt && formatShortDate(sheet.confirmedAt, 'Europe/Paris')
    }
  };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const verdict = await confirmByLink(locals.context, { token: params.token });
    if (!verdict.ok) return fail(404, { until: null });
    return { until: formatShortDate(verdict.value.staleAt, 'Europe/Paris') };
  }
};
