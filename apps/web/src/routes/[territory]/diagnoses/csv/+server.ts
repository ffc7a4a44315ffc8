import { writeCsv } from '@terreau/formats/write-csv';
import { gridOf, LEVELS } from '@terreau/features/support/diagnosis-grid.rules';
import { listDiagnosisCounts } from '@terreau/features/support/list-diagnosis-counts.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { RequestHandler } from './$types';

/** The counts of diagnoses, as they were released: the same figures at each download. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const { releases } = orNotFound(await listDiagnosisCounts(context, territory.id));
  const titles = new Map(gridOf('full', context.language).map(({ code, title }) => [code, title]));
  const shown = (count: number | undefined) => (count === undefined ? '' : String(count));
  const columns = [
    'n°',
    'date',
    m.support_consents_counts_n(),
    m.support_consents_counts_dimension(),
    ...LEVELS.map((level) => m.support_consents_counts_level({ level })),
    m.support_consents_counts_low(),
    m.support_consents_counts_high(),
    m.support_consents_counts_missing()
  ];
  const lines = releases.flatMap(({ number, releasedAt, structures, dimensions }) =>
    dimensions.map(({ code, levels, halves, missing }) => [
      String(number),
      releasedAt.toISOString().slice(0, 10),
      String(structures),
      `${code} ${titles.get(code) ?? ''}`,
      ...LEVELS.map((level) => shown(levels?.[level - 1])),
      shown(halves?.[0]),
      shown(halves?.[1]),
      String(missing)
    ])
  );
  return new Response(writeCsv(columns, lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="diagnostics-${territory.slug}.csv"`,
      'cache-control': 'private, no-store'
    }
  });
};
