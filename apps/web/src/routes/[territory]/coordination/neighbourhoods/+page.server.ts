import { fail, redirect } from '@sveltejs/kit';
import { OUTLINE_FILE_MAX_BYTES } from '@terreau/features/territories/outline-file.rules';
import { portrait } from '@terreau/features/territories/portrait.query';
import { shapedTerritory } from '#lib/server/territories/coordination.ts';
import { fileRefusalText } from '#lib/server/territories/file-words.ts';
import { drawOutlines, outlineSketch, readOutlines, type OutlineKind } from '#lib/server/territories/outline-form.ts';
import { portraitMap } from '#lib/server/territories/portrait-map.ts';
import type { Actions, PageServerLoad } from './$types';

/** The outlines travel in the form: without a script they travel once. */
export const csr = false;

const SOURCE_MAX_CHARACTERS = 200;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await shapedTerritory(locals, params.territory, url);
  const known = await portrait(locals.context, territory.id);
  return {
    map: portraitMap(known, territory.name),
    drawn: Number(url.searchParams.get('drawn') ?? 0) || 0,
    maxMegabytes: OUTLINE_FILE_MAX_BYTES / 1e6
  };
};

export const actions: Actions = {
  read: async ({ locals, params, request, url }) => {
    const territory = await shapedTerritory(locals, params.territory, url);
    const asked = await askedOf(request);
    const read = await readOutlines(locals.context, territory.id, asked);
    if (!read.ok) return refused(read.code, read.details, asked);
    const { areas, ...rest } = read.value;
    return {
      asked: { kind: asked.kind, source: asked.source },
      preview: { ...rest, sketch: outlineSketch(read.value), names: areas.map(({ name, code }) => ({ name, code })) }
    };
  },
  draw: async ({ locals, params, request, url }) => {
    const territory = await shapedTerritory(locals, params.territory, url);
    const asked = await askedOf(request);
    const read = await readOutlines(locals.context, territory.id, asked);
    if (!read.ok) return refused(read.code, read.details, asked);
    const drawn = await drawOutlines(locals.context, territory.id, read.value, asked.source);
    if (!drawn.ok) return refused(drawn.code, drawn.details, asked);
    redirect(303, `/${territory.slug}/coordination/neighbourhoods?drawn=${drawn.value.drawn}`);
  }
};

interface AskedOutlines {
  readonly text: string;
  readonly kind: OutlineKind;
  readonly property: string;
  readonly source: string;
}

async function askedOf(request: Request): Promise<AskedOutlines> {
  const form = await request.formData();
  const file = form.get('file');
  const kind = String(form.get('kind') ?? '');
  return {
    // One character more than the limit is enough to be refused; the rest is not read.
    text:
      file instanceof File
        ? await file.slice(0, OUTLINE_FILE_MAX_BYTES + 1).text()
        : String(form.get('outlines') ?? ''),
    kind: kind === '2015' || kind === '2024' ? kind : 'neighbourhoods',
    property: String(form.get('property') ?? ''),
    source: String(form.get('source') ?? '')
      .trim()
      .slice(0, SOURCE_MAX_CHARACTERS)
  };
}

function refused(code: string, details: Readonly<Record<string, string | number>>, { kind, source }: AskedOutlines) {
  return fail(422, {
    error: fileRefusalText(code, details),
    field: code === 'source-missing' ? 'source' : 'file',
    asked: { kind, source }
  });
}
