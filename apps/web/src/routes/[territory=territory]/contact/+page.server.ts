import { doorOf } from '#lib/doors.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = ({ url }) => ({ door: doorOf(url) });
