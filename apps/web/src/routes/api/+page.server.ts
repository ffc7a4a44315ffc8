import { REQUESTS_BY_ADDRESS } from '@terreau/features/accounts/rate-limit.rules';
import { PROBLEMS } from '#lib/server/api/problems.ts';
import { PAGE_MAX_ITEMS } from '#lib/server/api/schemas.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** What the interface's page says that the interface itself decides. */
export const load: PageServerLoad = ({ url }) => ({
  origin: url.origin,
  pageItems: PAGE_MAX_ITEMS,
  requestsPerMinute: REQUESTS_BY_ADDRESS.hits / REQUESTS_BY_ADDRESS.minutes,
  problems: Object.entries(PROBLEMS).map(([code, { status, title, detail }]) => ({
    code,
    status,
    title: title(),
    detail: detail()
  }))
});
