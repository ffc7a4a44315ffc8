import { operator } from '#lib/server/operator.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = () => ({ operator: operator() });
