import type { Id } from '@terreau/kernel/ids';
import { dossiersMissing, MAKERS } from './report-makers.rules.ts';
import type { CountedDossier, Figure, MissingPart, ReportMaterial } from './report-material.rules.ts';
import type { MeasureCode } from './report-measures.rules.ts';

/* Figures from the log of a period, narrowed as a report asks. */

/** What narrows a section: any of these themes, this neighbourhood, inside a priority neighbourhood of that vintage. */
export interface ReportFilter {
  readonly themes: readonly string[];
  readonly neighbourhoodId: Id | null;
  readonly qpv: 2015 | 2024 | null;
}

export const NO_FILTER: ReportFilter = { themes: [], neighbourhoodId: null, qpv: null };

export const isNarrow = (filter: ReportFilter) =>
  filter.themes.length > 0 || filter.neighbourhoodId !== null || filter.qpv !== null;

/** The figures of `measures`, in their order, narrowed by `filter`. */
export function figuresOf(
  material: ReportMaterial,
  measures: readonly MeasureCode[],
  filter: ReportFilter = NO_FILTER
): Figure[] {
  const kept = narrowed(material, filter);
  return measures.map((measure) => {
    const figure = MAKERS[measure](kept);
    const missing = [...figure.missing, ...leftOut(material, filter)];
    return { ...figure, measure, missing: missing.filter(({ count }) => count !== 0) };
  });
}

/** The dossiers about which a filter cannot tell. */
function leftOut({ dossiers }: ReportMaterial, { themes, neighbourhoodId, qpv }: ReportFilter): MissingPart[] {
  const without = (keeps: (dossier: CountedDossier) => boolean) => dossiers.filter((dossier) => !keeps(dossier));
  return [
    ...(themes.length > 0
      ? [
          dossiersMissing(
            'dossiers-without-theme',
            without((one) => one.themes.length > 0)
          )
        ]
      : []),
    ...(neighbourhoodId
      ? [
          dossiersMissing(
            'dossiers-nowhere',
            without((one) => one.neighbourhoodId !== null)
          )
        ]
      : []),
    ...(qpv
      ? [
          dossiersMissing(
            'dossiers-unlocated',
            without((one) => one.isLocated)
          )
        ]
      : [])
  ];
}

function narrowed(material: ReportMaterial, filter: ReportFilter): ReportMaterial {
  const keeps = (one: { themes: readonly string[]; neighbourhoodId: Id | null; inPriority: readonly number[] }) =>
    (filter.themes.length === 0 ||
      one.themes.some((theme) => filter.themes.some((wanted) => isWithin(theme, wanted)))) &&
    (filter.neighbourhoodId === null || one.neighbourhoodId === filter.neighbourhoodId) &&
    (filter.qpv === null || one.inPriority.includes(filter.qpv));
  const dossiers = material.dossiers.filter(keeps);
  const ids = new Set(dossiers.map((dossier) => dossier.id));
  return {
    ...material,
    dossiers,
    notes: material.notes.filter((note) => ids.has(note.dossierId)),
    requests: material.requests.filter(keeps),
    orientations: material.orientations.filter(keeps),
    coordination: material.coordination.filter(keeps)
  };
}

/** A theme is within its group: `mobilite--conduire` is within `mobilite`. */
function isWithin(theme: string, wanted: string): boolean {
  return theme === wanted || theme.startsWith(`${wanted}--`);
}
