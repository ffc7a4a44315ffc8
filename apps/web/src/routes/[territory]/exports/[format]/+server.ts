import { error } from '@sveltejs/kit';
import { exportDirectory } from '@terreau/features/directory/export-directory.query';
import { isExportFormat, writeExport } from '@terreau/features/directory/export-file.rules';
import { isFiltered, readFilters, searchOf } from '#lib/server/directory/list-search.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import type { RequestHandler } from './$types';

/** The published directory as a file, under the filters of the list page. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  if (!isExportFormat(params.format)) error(404);
  const territory = await territoryAt(locals, params.territory);
  const filters = readFilters(url.searchParams);
  const { territoryId: _, ...search } = searchOf(territory.id, filters, null);
  const filtered = isFiltered(filters) || filters.text.trim() !== '';
  const data = await exportDirectory(locals.context, { territory, ...(filtered ? { search } : {}) });
  const file = await writeExport(params.format, data);
  return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="annuaire-${territory.slug}-${data.exportedOn}.${file.extension}"`,
      'cache-control': 'private, max-age=60'
    }
  });
};
