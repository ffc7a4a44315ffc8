import { THEME_GROUPS } from '@terreau/formats/vocabulary';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isNarrow, type ReportFilter } from './report-figures.rules.ts';
import { FUNDER_MEASURES, type MeasureCode, type Words } from './report-measures.rules.ts';

/** One part that a funder asks for: measures of the catalogue, narrowed. */
export interface TemplateSection extends ReportFilter {
  readonly id: Id;
  readonly title: string;
  readonly measures: readonly MeasureCode[];
}

/** One question that a funder asks in words, with the room that it gives for the answer. */
export interface TemplateText {
  readonly id: Id;
  readonly title: string;
  readonly maxCharacters: number;
}

export interface TemplateParts {
  readonly title: string;
  readonly sections: readonly TemplateSection[];
  readonly texts: readonly TemplateText[];
}

export const TEMPLATE_SECTIONS_MAX_COUNT = 12;
export const TEMPLATE_TEXTS_MAX_COUNT = 8;

/** A change of a template, made by somebody who is no developer. */
export type TemplateChange =
  | { readonly kind: 'rename'; readonly title: string }
  | { readonly kind: 'add-section'; readonly section: TemplateSection }
  | { readonly kind: 'remove-section'; readonly id: string }
  | { readonly kind: 'add-text'; readonly text: TemplateText }
  | { readonly kind: 'remove-text'; readonly id: string };

export type TemplateRefusal = 'too-many-sections' | 'too-many-texts' | 'measures-missing';

export function changedTemplate(parts: TemplateParts, change: TemplateChange): Verdict<TemplateParts, TemplateRefusal> {
  switch (change.kind) {
    case 'rename':
      return accept({ ...parts, title: change.title });
    case 'add-section': {
      const measures = FUNDER_MEASURES.filter((code) => change.section.measures.includes(code));
      if (measures.length === 0) return refuse('measures-missing');
      if (parts.sections.length >= TEMPLATE_SECTIONS_MAX_COUNT) {
        return refuse('too-many-sections', { max: TEMPLATE_SECTIONS_MAX_COUNT });
      }
      return accept({ ...parts, sections: [...parts.sections, { ...change.section, measures }] });
    }
    case 'remove-section':
      return accept({ ...parts, sections: parts.sections.filter(({ id }) => id !== change.id) });
    case 'add-text':
      if (parts.texts.length >= TEMPLATE_TEXTS_MAX_COUNT) {
        return refuse('too-many-texts', { max: TEMPLATE_TEXTS_MAX_COUNT });
      }
      return accept({ ...parts, texts: [...parts.texts, change.text] });
    case 'remove-text':
      return accept({ ...parts, texts: parts.texts.filter(({ id }) => id !== change.id) });
  }
}

/** What narrows a section, in words; null when nothing does. */
export function filterInWords(filter: ReportFilter, neighbourhood: string | null): Words | null {
  if (!isNarrow(filter)) return null;
  const themes = THEME_GROUPS.filter(({ code }) => filter.themes.includes(code));
  const words = (language: 'fr' | 'en') =>
    [
      ...(themes.length > 0
        ? [
            `${language === 'fr' ? 'Thèmes : ' : 'Themes: '}${themes
              .map((theme) => (language === 'fr' ? theme.label : theme.labelEn))
              .join(', ')}`
          ]
        : []),
      ...(neighbourhood ? [`${language === 'fr' ? 'Quartier : ' : 'Neighbourhood: '}${neighbourhood}`] : []),
      ...(filter.qpv
        ? [
            language === 'fr'
              ? `Quartiers prioritaires, contours ${filter.qpv}`
              : `Priority neighbourhoods, outlines of ${filter.qpv}`
          ]
        : [])
    ].join(' · ');
  return { fr: words('fr'), en: words('en') };
}
