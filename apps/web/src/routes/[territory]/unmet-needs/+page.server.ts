import { error } from '@sveltejs/kit';
import { findUnmetNeeds } from '@terreau/features/orientation/unmet-needs.query';
import { formatNumber, formatShortDate } from '#lib/formats.ts';
import { labelOf } from '#lib/server/directory/labels.ts';
import { mustBeSignedIn } from '#lib/server/directory/territory-at.ts';
import { m } from '#texts/messages.js';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const needs = await findUnmetNeeds(locals.context, territory.id);
  if (!needs) error(404);
  const shown = (count: number | null) => (count === null ? m.requests_unmet_hidden() : formatNumber(count));
  const { table } = needs;
  // A theme or a neighbourhood of which nothing may be shown is not even named.
  const rows = [...needs.themes.keys()].filter(
    (row) => table.rowTotals[row] !== null || table.cells[row]!.some((cell) => cell !== null)
  );
  const columns = [...needs.neighbourhoods.keys()].filter(
    (column) => table.columnTotals[column] !== null || table.cells.some((cells) => cells[column] !== null)
  );
  return {
    lead: m.requests_unmet_lead({
      from: formatShortDate(needs.from, territory.timeZone),
      to: formatShortDate(needs.to, territory.timeZone),
      days: needs.days,
      // The same rule as in the table: a small number says too much.
      count: table.total === null ? m.requests_answers_few() : formatNumber(table.total),
      total: formatNumber(needs.received)
    }),
    isEmpty: needs.unmet === 0,
    isHidden: table.total === null,
    places: columns.map((column) => needs.neighbourhoods[column] ?? m.requests_unmet_no_place()),
    rows: rows.map((row) => ({
      name: needs.themes[row] ? labelOf('theme', needs.themes[row]) : m.requests_unmet_no_theme(),
      counts: columns.map((column) => shown(table.cells[row]![column]!)),
      total: shown(table.rowTotals[row]!)
    })),
    totals: columns.map((column) => shown(table.columnTotals[column]!)),
    total: shown(table.total)
  };
};
