import { propose, proposePage } from '#lib/server/requests/propose-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = (event) => proposePage(event, 'offer');

export const actions: Actions = { default: (event) => propose(event, 'offer') };
