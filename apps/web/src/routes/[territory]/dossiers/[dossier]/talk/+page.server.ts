import { readThreadList } from '#lib/server/support/thread-list.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = (event) => readThreadList(event, 'circle');
