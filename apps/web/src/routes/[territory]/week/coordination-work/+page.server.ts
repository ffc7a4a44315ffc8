import { error, redirect } from '@sveltejs/kit';
import { coordinationWorkSchema } from '@terreau/features/support/coordination-work.schema';
import { listCoordinationWork } from '@terreau/features/support/list-coordination-work.query';
import { logCoordinationWork } from '@terreau/features/support/log-coordination-work.command';
import { newId } from '@terreau/kernel/ids';
import { formatMonth } from '#lib/formats.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused } from '#lib/server/support/words.ts';
import { familyInWords, withMinutes, WORK_KIND_WORDS, workChoices } from '#lib/server/support/work.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const asked = event.url.searchParams;
  const search = {
    territoryId: territory.id,
    month: asked.get('month') ?? undefined,
    whose: asked.get('whose') === 'team' ? ('team' as const) : ('own' as const),
    after: asked.get('after') ?? undefined
  };
  const found = orNotFound(await listCoordinationWork(event.locals.context, search));
  const at = (month: string) => `?${new URLSearchParams({ month, whose: found.whose })}`;
  const thisMonth = found.today.slice(0, 7);
  const [before, after] = [moved(found.month, -1), moved(found.month, 1)];
  return {
    clientId: newId(),
    today: found.today,
    choices: workChoices(found.neighbourhoods),
    month: formatMonth(found.month),
    before: { href: at(before), month: formatMonth(before) },
    after: found.month < thisMonth ? { href: at(after), month: formatMonth(after) } : null,
    whose: found.whose,
    sides: found.maySeeTeam
      ? (['own', 'team'] as const).map((whose) => ({
          whose,
          href: `?${new URLSearchParams({ month: found.month, whose })}`
        }))
      : [],
    minutes: found.totals.reduce((sum, { minutes }) => sum + minutes, 0),
    totals: found.totals.map(({ kind, minutes }) => ({ kind: WORK_KIND_WORDS[kind](), minutes })),
    lines: found.lines.map((line) => ({
      ...line,
      kind: WORK_KIND_WORDS[line.kind](),
      themes: line.themes.map(familyInWords)
    })),
    next: found.next ? `${at(found.month)}&after=${found.next}` : null,
    done: asked.get('done')
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = withMinutes(await typedIn(event.request));
    const read = readTyped(coordinationWorkSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, fields: read.fields };
    const verdict = await logCoordinationWork(event.locals.context, request);
    if (verdict.ok) {
      const shown = new URLSearchParams({ month: read.fields.happenedOn!.slice(0, 7), done: 'saved' });
      redirect(303, `/${territory.slug}/week/coordination-work?${shown}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};

/** `2026-01`, -1 → `2025-12` */
function moved(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}
