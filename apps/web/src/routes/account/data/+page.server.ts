import { error, fail, redirect } from '@sveltejs/kit';
import { exportOwnData } from '@terreau/features/trust/export-own-data.query';
import { listOwnConsents } from '@terreau/features/trust/list-own-consents.query';
import { withdrawConsent } from '@terreau/features/trust/withdraw-consent.command';
import { requireAccount } from '#lib/server/require-account.ts';
import { readableExport } from '#lib/server/trust/readable-export.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  requireAccount(event);
  const { context } = event.locals;
  const data = await exportOwnData(context);
  if (!data) error(404);
  return {
    tables: readableExport(data, context.language),
    consents: await listOwnConsents(context),
    done: event.url.searchParams.get('done')
  };
};

export const actions: Actions = {
  withdraw: async (event) => {
    requireAccount(event);
    const consentId = String((await event.request.formData()).get('consent') ?? '');
    const verdict = await withdrawConsent(event.locals.context, { consentId });
    if (!verdict.ok) return fail(422, { refusal: verdict.code });
    redirect(303, '/account/data?done=withdrawn');
  }
};
