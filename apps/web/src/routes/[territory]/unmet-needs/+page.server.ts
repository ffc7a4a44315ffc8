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
  return {
    lead: m.requests_unmet_lead({
      from: formatShortDate(needs.from, territory.timeZone),
      to: formatShortDate(needs.to, territory.timeZone),
      days: needs.days,
      // The same rule as in the table: a small number says too much.
      count: shown(table.total),
      total: formatNumber(needs.received)
    }),
    isEmpty: needs.unmet === 0,
    places: needs.neighbourhoods.map((name) => name ?? m.requests_unmet_no_place()),
    rows: needs.themes.map((theme, row) => ({
      name: theme === null ? m.requests_unmet_no_theme() : labelOf('theme', theme),
      counts: table.cells[row]!.map(shown),
      total: shown(table.rowTotals[row]!)
    })),
    totals: table.columnTotals.map(shown),
    total: shown(table.total)
  };
};
