import { redirect, type RequestEvent } from '@sveltejs/kit';
import {
  changeReportTemplate,
  type ChangeTemplateRequest
} from '@terreau/features/support/change-report-template.command';
import { findReportTemplate } from '@terreau/features/support/find-report-template.query';
import { FUNDER_MEASURES, MEASURES } from '@terreau/features/support/report-measures.rules';
import { filterInWords } from '@terreau/features/support/report-template.rules';
import { sectionSchema, textAskedSchema, titleSchema } from '@terreau/features/support/report.schema';
import { newId } from '@terreau/kernel/ids';
import { currentLanguage } from '#lib/languages.ts';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { orNotFound, readTyped, typedIn } from '#lib/server/support/form.ts';
import { coordinatedAt, failReport } from '#lib/server/support/reports.ts';
import { familyOptions } from '#lib/server/support/work.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await coordinatedAt(event);
  const request = { territoryId: territory.id, templateId: event.params.model };
  const found = orNotFound(await findReportTemplate(event.locals.context, request));
  const language = currentLanguage();
  const nameOf = new Map(found.neighbourhoods.map(({ id, name }) => [id, name]));
  return {
    template: {
      id: found.id,
      version: found.version,
      title: found.title,
      texts: found.texts,
      sections: found.sections.map((section) => ({
        id: section.id,
        title: section.title,
        narrowedTo: filterInWords(section, nameOf.get(section.neighbourhoodId ?? '') ?? null)?.[language] ?? null,
        measures: section.measures.map((code) => MEASURES[code].label[language])
      }))
    },
    choices: {
      measures: FUNDER_MEASURES.map((value) => ({
        value,
        label: MEASURES[value].label[language],
        hint: MEASURES[value].definition[language]
      })),
      themes: familyOptions(),
      neighbourhoods: found.neighbourhoods.map(({ id, name }) => ({ value: id, label: name }))
    }
  };
};

type Asked = { ok: true; change: ChangeTemplateRequest['change'] } | { ok: false; answer: unknown };

/** Reads what one of the small forms of the page asks for. */
function asked(form: string, values: Typed): Asked {
  if (form === 'rename') {
    const read = readTyped(titleSchema, values);
    return read.ok ? { ok: true, change: { kind: 'rename', title: read.fields.title } } : read;
  }
  if (form === 'addSection') {
    const read = readTyped(sectionSchema, values);
    if (!read.ok) return read;
    const { sectionTitle: title, neighbourhood: neighbourhoodId, ...fields } = read.fields;
    const section = { id: newId(), title, neighbourhoodId, ...fields };
    return { ok: true, change: { kind: 'add-section', section } };
  }
  if (form === 'addText') {
    const read = readTyped(textAskedSchema, values);
    if (!read.ok) return read;
    const { textTitle: title, maxCharacters } = read.fields;
    return { ok: true, change: { kind: 'add-text', text: { id: newId(), title, maxCharacters } } };
  }
  if (form === 'retire') return { ok: true, change: { kind: 'retire' } };
  const kind = form === 'removeSection' ? 'remove-section' : 'remove-text';
  return { ok: true, change: { kind, id: textIn(values, 'id') } };
}

async function change(event: RequestEvent, form: string) {
  const territory = await coordinatedAt(event as Parameters<typeof coordinatedAt>[0]);
  const values = await typedIn(event.request);
  const read = asked(form, values);
  if (!read.ok) return read.answer as ReturnType<typeof failReport>;
  const verdict = await changeReportTemplate(event.locals.context, {
    territoryId: territory.id,
    templateId: event.params['model']!,
    version: Number(textIn(values, 'version')),
    change: read.change
  });
  if (!verdict.ok) return failReport({ code: verdict.code, details: verdict.details }, values);
  const base = `/${territory.slug}/coordination/reports`;
  redirect(303, form === 'retire' ? base : `${base}/templates/${event.params['model']}`);
}

export const actions: Actions = {
  rename: (event) => change(event, 'rename'),
  addSection: (event) => change(event, 'addSection'),
  removeSection: (event) => change(event, 'removeSection'),
  addText: (event) => change(event, 'addText'),
  removeText: (event) => change(event, 'removeText'),
  retire: (event) => change(event, 'retire')
};
