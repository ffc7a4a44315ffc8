import type { RequestHandler } from './$types';

/** The process answers. It asks nothing of the database: a slow database must not have the process killed. */
export const GET: RequestHandler = () => new Response('ok\n', { headers: { 'cache-control': 'no-store' } });
