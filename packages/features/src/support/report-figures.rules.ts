import type { Id } from '@terreau/kernel/ids';
import { median } from '../orientation/answer-rates.rules.ts';
import type { CoordinationWorkKind } from './coordination-work.schema.ts';
import type { NoteKind } from './note.schema.ts';
import {
  COORDINATION_KIND_LABELS,
  dimensionLabel,
  LINE_LABELS,
  MISSING_LABELS,
  NOTE_KIND_LABELS,
  type MeasureCode,
  type MissingCode,
  type Words
} from './report-measures.rules.ts';

/* Figures from the log of a period. Pure: rows in, figures out; nothing is read, nothing is hidden here. */

export interface ReportMaterial {
  /** Every dossier in scope that was open in the period or has a note in it. */
  readonly dossiers: readonly CountedDossier[];
  readonly notes: readonly CountedNote[];
  readonly requests: readonly CountedRequest[];
  readonly orientations: readonly CountedOrientation[];
  readonly coordination: readonly CountedWork[];
  /** In the order of the map. */
  readonly neighbourhoods: readonly { readonly id: Id; readonly name: string }[];
}

export interface CountedDossier {
  readonly id: Id;
  readonly kind: 'project' | 'organization';
  readonly neighbourhoodId: Id | null;
  readonly themes: readonly string[];
  readonly inPriority: readonly number[];
  readonly wasOpen: boolean;
  readonly isNew: boolean;
  /** States reached in the period. */
  readonly reached: readonly string[];
  /** Dimensions of the priorities of a diagnosis signed in the period; null when none was signed. */
  readonly priorities: readonly string[] | null;
}

export interface CountedNote {
  readonly id: Id;
  readonly dossierId: Id;
  readonly minutes: number;
  readonly kind: NoteKind;
}

export interface CountedRequest {
  readonly id: Id;
  readonly neighbourhoodId: Id | null;
  readonly themes: readonly string[];
  readonly inPriority: readonly number[];
  readonly isDue: boolean;
  readonly isInTime: boolean;
  readonly answerDays: number | null;
}

export interface CountedWork {
  readonly id: Id;
  readonly kind: CoordinationWorkKind;
  readonly minutes: number;
  readonly themes: readonly string[];
  readonly neighbourhoodId: Id | null;
  readonly inPriority: readonly number[];
}

export interface CountedOrientation {
  readonly id: Id;
  readonly requestId: Id;
  readonly state: string;
  readonly themes: readonly string[];
  readonly neighbourhoodId: Id | null;
  readonly inPriority: readonly number[];
}

/** What a unit of a count weighs: figures of one weight may be added and subtracted by whoever reads them. */
export type Weight = 'dossier' | 'minutes' | 'meeting' | 'note' | 'request' | 'orientation' | 'delay' | 'nobody';

/** One thing counted, and the structure or the request that it is about. */
export interface Counted {
  readonly unit: Id;
  readonly owner: Id;
}

export interface FigureLine {
  readonly key: string;
  readonly label: Words;
  readonly unit: 'count' | 'minutes' | 'days';
  readonly value: number | null;
  /** The line of the same figure of which it is a part. */
  readonly outOf: string | null;
  readonly weight: Weight;
  readonly counted: readonly Counted[];
}

export interface Figure {
  readonly measure: MeasureCode;
  readonly lines: readonly FigureLine[];
  /** Lines that add up to `whole` exactly: what one hides must not be worked out from the others. */
  readonly parts: { readonly whole: string; readonly keys: readonly string[] } | null;
  readonly missing: readonly { readonly label: Words; readonly count: number | null }[];
  /** What was counted, by the ids of dossiers: never people. */
  readonly dossierIds: readonly Id[];
}

/** What narrows a section: any of these themes, this neighbourhood, inside a priority neighbourhood of that vintage. */
export interface ReportFilter {
  readonly themes: readonly string[];
  readonly neighbourhoodId: Id | null;
  readonly qpv: 2015 | 2024 | null;
}

export const NO_FILTER: ReportFilter = { themes: [], neighbourhoodId: null, qpv: null };

export const isNarrow = (filter: ReportFilter) =>
  filter.themes.length > 0 || filter.neighbourhoodId !== null || filter.qpv !== null;

const MEETING_KINDS: ReadonlySet<NoteKind> = new Set(['meeting', 'visit', 'event']);

/** The figures of `measures`, in their order, narrowed by `filter`. */
export function figuresOf(
  material: ReportMaterial,
  measures: readonly MeasureCode[],
  filter: ReportFilter = NO_FILTER
): Figure[] {
  const kept = narrowed(material, filter);
  return measures.map((measure) => {
    const figure = MAKERS[measure](kept);
    const missing = [...figure.missing];
    if (filter.themes.length > 0) {
      missing.push(
        missingOf('dossiers-without-theme', material.dossiers.filter((one) => one.themes.length === 0).length)
      );
    }
    return { ...figure, measure, missing: missing.filter(({ count }) => count !== 0) };
  });
}

/** The first instant and the local dates are the caller's: here only the rule of what a filter keeps. */
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

type Made = Omit<Figure, 'measure'>;

const MAKERS: Readonly<Record<MeasureCode, (material: ReportMaterial) => Made>> = {
  hours: ({ notes }) => {
    const kinds = [...Map.groupBy(notes, (note) => note.kind)].toSorted(([a], [b]) => kindOrder(a) - kindOrder(b));
    return {
      lines: [
        hours('total', LINE_LABELS.total, notes, null),
        ...kinds.map(([kind, some]) => hours(kind, NOTE_KIND_LABELS[kind], some, 'total'))
      ],
      parts: null,
      missing: [missingOf('notes-without-duration', notes.filter((note) => note.minutes === 0).length)],
      dossierIds: dossiersIn(notes)
    };
  },
  'hours-by-neighbourhood': ({ notes, dossiers, neighbourhoods }) => {
    const placeOf = new Map(dossiers.map((dossier) => [dossier.id, dossier.neighbourhoodId]));
    const at = Map.groupBy(notes, (note) => placeOf.get(note.dossierId) ?? null);
    const nowhere = sum(at.get(null) ?? []);
    return {
      lines: [
        hours('total', LINE_LABELS.total, notes, null),
        ...neighbourhoods.map(({ id, name }) => hours(id, { fr: name, en: name }, at.get(id) ?? [], 'total')),
        ...(at.has(null) ? [hours('nowhere', LINE_LABELS.nowhere, at.get(null)!, 'total')] : [])
      ],
      parts: { whole: 'total', keys: [...neighbourhoods.map(({ id }) => id), ...(at.has(null) ? ['nowhere'] : [])] },
      missing: [
        missingOf('hours-nowhere-percent', nowhere === 0 ? 0 : Math.ceil((nowhere * 100) / sum(notes))),
        missingOf('notes-without-duration', notes.filter((note) => note.minutes === 0).length)
      ],
      dossierIds: dossiersIn(notes)
    };
  },
  'coordination-hours': ({ coordination }) => {
    const line = (key: string, label: Words, some: typeof coordination, outOf: string | null): FigureLine => ({
      key,
      label,
      unit: 'minutes',
      value: sum(some),
      outOf,
      weight: 'nobody',
      counted: []
    });
    return {
      lines: [
        line('total', LINE_LABELS.total, coordination, null),
        ...[...Map.groupBy(coordination, ({ kind }) => kind)]
          .toSorted(([a], [b]) => a.localeCompare(b))
          .map(([kind, some]) => line(kind, COORDINATION_KIND_LABELS[kind], some, 'total'))
      ],
      parts: null,
      missing: [],
      dossierIds: []
    };
  },
  accompanied: ({ dossiers, notes }) => {
    const open = dossiers.filter((dossier) => dossier.wasOpen);
    const seen = withNotes(dossiers, notes);
    const of = (kind: CountedDossier['kind']) => seen.filter((dossier) => dossier.kind === kind);
    return {
      lines: [
        dossiersLine('open', open, null),
        dossiersLine('accompanied', seen, 'open'),
        dossiersLine('project', of('project'), 'accompanied'),
        dossiersLine('organization', of('organization'), 'accompanied')
      ],
      parts: { whole: 'accompanied', keys: ['project', 'organization'] },
      missing: [],
      dossierIds: seen.map((dossier) => dossier.id)
    };
  },
  'accompanied-by-neighbourhood': ({ dossiers, notes, neighbourhoods }) => {
    const seen = withNotes(dossiers, notes);
    const at = Map.groupBy(seen, (dossier) => dossier.neighbourhoodId);
    const nowhere = at.get(null) ?? [];
    return {
      lines: [
        dossiersLine('accompanied', seen, null),
        ...neighbourhoods.map(({ id, name }) =>
          dossiersLine(id, at.get(id) ?? [], 'accompanied', { fr: name, en: name })
        ),
        ...(nowhere.length > 0 ? [dossiersLine('nowhere', nowhere, 'accompanied')] : [])
      ],
      parts: {
        whole: 'accompanied',
        keys: [...neighbourhoods.map(({ id }) => id), ...(nowhere.length > 0 ? ['nowhere'] : [])]
      },
      missing: [missingOf('dossiers-nowhere', nowhere.length)],
      dossierIds: seen.map((dossier) => dossier.id)
    };
  },
  'dossier-moves': ({ dossiers }) => ({
    lines: [
      dossiersLine(
        'open',
        dossiers.filter((dossier) => dossier.wasOpen),
        null
      ),
      dossiersLine(
        'opened',
        dossiers.filter((dossier) => dossier.isNew),
        'open'
      ),
      ...(['closed', 'paused', 'interrupted'] as const).map((state) =>
        dossiersLine(state, reaching(dossiers, state), 'open')
      )
    ],
    parts: null,
    missing: [],
    dossierIds: dossiers.filter((dossier) => dossier.isNew || dossier.reached.some(isToldMove)).map((one) => one.id)
  }),
  'dossiers-opened-closed': ({ dossiers }) => ({
    lines: [
      dossiersLine(
        'opened',
        dossiers.filter((dossier) => dossier.isNew),
        null
      ),
      dossiersLine('closed', reaching(dossiers, 'closed'), null)
    ],
    parts: null,
    missing: [],
    dossierIds: dossiers.filter((dossier) => dossier.isNew || dossier.reached.includes('closed')).map((one) => one.id)
  }),
  meetings: ({ dossiers, notes }) => {
    const met = notes.filter((note) => MEETING_KINDS.has(note.kind));
    const ids = new Set(dossiersIn(met));
    return {
      lines: [
        notesLine('notes', notes, null),
        notesLine('meetings', met, 'notes'),
        dossiersLine(
          'met',
          dossiers.filter((dossier) => ids.has(dossier.id)),
          null
        )
      ],
      parts: null,
      missing: [],
      dossierIds: [...ids]
    };
  },
  requests: ({ requests }) => {
    const due = requests.filter((request) => request.isDue);
    const answered = requests.filter((request) => request.answerDays !== null);
    const line = (key: 'received' | 'due' | 'answered' | 'in-time', some: typeof requests, outOf: string | null) =>
      countLine(
        key,
        LINE_LABELS[key],
        some.map(({ id }) => ({ unit: id, owner: id })),
        outOf,
        'request'
      );
    return {
      lines: [
        line('received', requests, null),
        line('due', due, 'received'),
        line('answered', answered, 'due'),
        line(
          'in-time',
          requests.filter((request) => request.isInTime),
          'due'
        ),
        {
          key: 'median',
          label: LINE_LABELS.median,
          unit: 'days',
          value: answered.length === 0 ? null : median(answered.map((request) => request.answerDays!)),
          outOf: null,
          weight: 'delay',
          counted: answered.map(({ id }) => ({ unit: id, owner: id }))
        }
      ],
      parts: null,
      missing: [
        missingOf('requests-waiting', requests.length - due.length),
        missingOf('requests-nowhere', requests.filter((request) => request.neighbourhoodId === null).length)
      ],
      dossierIds: []
    };
  },
  orientations: ({ orientations }) => {
    const line = (key: 'made' | 'acknowledged' | 'refused' | 'waiting', states: readonly string[] | null) =>
      countLine(
        key,
        LINE_LABELS[key],
        orientations
          .filter(({ state }) => states === null || states.includes(state))
          .map(({ id, requestId }) => ({ unit: id, owner: requestId })),
        states === null ? null : 'made',
        'orientation'
      );
    return {
      lines: [
        line('made', null),
        line('acknowledged', ['accepted', 'done']),
        line('refused', ['refused']),
        line('waiting', ['pending', 'expired', 'withdrawn'])
      ],
      parts: { whole: 'made', keys: ['acknowledged', 'refused', 'waiting'] },
      missing: [],
      dossierIds: []
    };
  },
  priorities: ({ dossiers }) => {
    const signed = dossiers.filter((dossier) => dossier.priorities !== null);
    const dimensions = [...new Set(signed.flatMap((dossier) => dossier.priorities!))].toSorted(
      (a, b) => Number(a.slice(1)) - Number(b.slice(1))
    );
    return {
      lines: [
        dossiersLine('signed', signed, null),
        ...dimensions.map((dimension) =>
          dossiersLine(
            dimension,
            signed.filter((dossier) => dossier.priorities!.includes(dimension)),
            'signed',
            dimensionLabel(dimension)
          )
        )
      ],
      parts: null,
      missing: [],
      dossierIds: signed.map((dossier) => dossier.id)
    };
  }
};

const KINDS = Object.keys(NOTE_KIND_LABELS);
const kindOrder = (kind: string) => KINDS.indexOf(kind);

const isToldMove = (state: string) => state === 'closed' || state === 'paused' || state === 'interrupted';

function reaching(dossiers: readonly CountedDossier[], state: string): CountedDossier[] {
  return dossiers.filter((dossier) => dossier.reached.includes(state));
}

function withNotes(dossiers: readonly CountedDossier[], notes: readonly CountedNote[]): CountedDossier[] {
  const ids = new Set(notes.map((note) => note.dossierId));
  return dossiers.filter((dossier) => ids.has(dossier.id));
}

function dossiersIn(notes: readonly CountedNote[]): Id[] {
  return [...new Set(notes.map((note) => note.dossierId))];
}

function sum(rows: readonly { readonly minutes: number }[]): number {
  return rows.reduce((total, row) => total + row.minutes, 0);
}

function hours(key: string, label: Words, notes: readonly CountedNote[], outOf: string | null): FigureLine {
  const counted = notes.map((note) => ({ unit: note.id, owner: note.dossierId }));
  return { key, label, unit: 'minutes', value: sum(notes), outOf, weight: 'minutes', counted };
}

function countLine(
  key: string,
  label: Words,
  counted: readonly Counted[],
  outOf: string | null,
  weight: Weight
): FigureLine {
  return { key, label, unit: 'count', value: counted.length, outOf, weight, counted };
}

function notesLine(key: 'notes' | 'meetings', notes: readonly CountedNote[], outOf: string | null): FigureLine {
  const counted = notes.map((note) => ({ unit: note.id, owner: note.dossierId }));
  return countLine(key, LINE_LABELS[key], counted, outOf, 'note');
}

function dossiersLine(
  key: string,
  dossiers: readonly CountedDossier[],
  outOf: string | null,
  label: Words = LINE_LABELS[key as keyof typeof LINE_LABELS]
): FigureLine {
  return countLine(
    key,
    label,
    dossiers.map(({ id }) => ({ unit: id, owner: id })),
    outOf,
    'dossier'
  );
}

function missingOf(code: MissingCode, count: number | null) {
  return { label: MISSING_LABELS[code], count };
}
