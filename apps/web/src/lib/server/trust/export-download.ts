import type { exportOwnData } from '@terreau/features/trust/export-own-data.query';

/** Everything about somebody, as a file to take away. */
export function exportDownload(data: NonNullable<Awaited<ReturnType<typeof exportOwnData>>>): Response {
  const day = data.madeAt.toISOString().slice(0, 10);
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="terreau-${day}.json"`,
      'cache-control': 'private, no-store'
    }
  });
}
