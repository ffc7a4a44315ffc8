import { platform } from '#lib/server/platform.ts';
import type { RequestHandler } from './$types';

const PROBE_MILLISECONDS = 2_000;

/** The process can serve: its database answers within two seconds. */
export const GET: RequestHandler = async () => {
  const { engine } = await platform();
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, PROBE_MILLISECONDS, false));
  const answered = engine.pool.query('select 1').then(
    () => true,
    () => false
  );
  const isReady = await Promise.race([answered, late]);
  return new Response(isReady ? 'ready\n' : 'the database does not answer\n', {
    status: isReady ? 200 : 503,
    headers: { 'cache-control': 'no-store' }
  });
};
