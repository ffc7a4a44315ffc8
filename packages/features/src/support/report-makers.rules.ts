import type { Id } from '@terreau/kernel/ids';
import { median } from '../orientation/answer-rates.rules.ts';
import type { FeedbackAnswer } from './check-up.rules.ts';
import type { NoteKind } from './note.schema.ts';
import type {
  Counted,
  CountedDossier,
  CountedNote,
  CountedRequest,
  Figure,
  FigureLine,
  MissingPart,
  ReportMaterial,
  Weight
} from './report-material.rules.ts';
import {
  COORDINATION_KIND_LABELS,
  LINE_LABELS,
  MISSING_LABELS,
  NOTE_KIND_LABELS,
  type MeasureCode,
  type MissingCode,
  type Words
} from './report-measures.rules.ts';

/* How each measure of the catalogue is counted. Pure: nothing is read, nothing is hidden here. */

type Made = Omit<Figure, 'measure'>;

export const MAKERS: Readonly<Record<MeasureCode, (material: ReportMaterial) => Made>> = {
  hours: ({ notes }) => {
    const kinds = [...Map.groupBy(notes, (note) => note.kind)].toSorted(([a], [b]) => kindOrder(a) - kindOrder(b));
    return {
      lines: [
        hours('total', LINE_LABELS.total, notes, null),
        ...kinds.map(([kind, some]) => hours(kind, NOTE_KIND_LABELS[kind], some, 'total'))
      ],
      subject: 'total',
      parts: null,
      missing: [notesWithoutDuration(notes)],
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
      subject: 'total',
      parts: { whole: 'total', keys: [...neighbourhoods.map(({ id }) => id), ...(at.has(null) ? ['nowhere'] : [])] },
      missing: [
        {
          key: 'hours-nowhere-percent',
          label: MISSING_LABELS['hours-nowhere-percent'],
          count: nowhere === 0 ? 0 : Math.ceil((nowhere * 100) / sum(notes)),
          weight: 'delay',
          counted: ofNotes(at.get(null) ?? []),
          follows: 'nowhere'
        },
        notesWithoutDuration(notes)
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
      subject: 'total',
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
      subject: 'accompanied',
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
      subject: 'accompanied',
      parts: {
        whole: 'accompanied',
        keys: [...neighbourhoods.map(({ id }) => id), ...(nowhere.length > 0 ? ['nowhere'] : [])]
      },
      missing: [dossiersMissing('dossiers-nowhere', nowhere)],
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
    subject: 'open',
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
    subject: 'opened',
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
      subject: 'meetings',
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
      subject: 'received',
      parts: null,
      missing: [
        requestsMissing(
          'requests-waiting',
          requests.filter((request) => !request.isDue)
        ),
        requestsMissing(
          'requests-nowhere',
          requests.filter((request) => request.neighbourhoodId === null)
        )
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
      subject: 'made',
      parts: { whole: 'made', keys: ['acknowledged', 'refused', 'waiting'] },
      missing: [],
      dossierIds: []
    };
  },
  feedback: ({ dossiers }) => {
    const told = dossiers.filter((dossier) => dossier.feedback !== null);
    const asked = dossiers.filter((dossier) => dossier.feedback !== null || dossier.reached.some(isAskedThen));
    const saying = (question: 'useful' | 'holds' | 'again', answer: FeedbackAnswer) =>
      told.filter((dossier) => dossier.feedback![question] === answer);
    return {
      lines: [
        dossiersLine('asked', asked, null),
        dossiersLine('told', told, 'asked'),
        dossiersLine('useful', saying('useful', 'yes'), 'told'),
        dossiersLine('useful-partly', saying('useful', 'partly'), 'told'),
        dossiersLine('useful-no', saying('useful', 'no'), 'told'),
        dossiersLine('holds', saying('holds', 'yes'), 'told'),
        dossiersLine('again', saying('again', 'yes'), 'told')
      ],
      subject: 'told',
      parts: { whole: 'told', keys: ['useful', 'useful-partly', 'useful-no'] },
      missing: [],
      // Who said what stays between a structure and whoever accompanies it.
      dossierIds: []
    };
  }
};

const MEETING_KINDS: ReadonlySet<NoteKind> = new Set(['meeting', 'visit', 'event']);
const KINDS = Object.keys(NOTE_KIND_LABELS);
const kindOrder = (kind: string) => KINDS.indexOf(kind);

const isAskedThen = (state: string) => state === 'closed' || state === 'check-up-12' || state === 'check-up-24';

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
  return { key, label, unit: 'minutes', value: sum(notes), outOf, weight: 'minutes', counted: ofNotes(notes) };
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
  return countLine(key, LINE_LABELS[key], ofNotes(notes), outOf, 'note');
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

function ofNotes(notes: readonly CountedNote[]): Counted[] {
  return notes.map((note) => ({ unit: note.id, owner: note.dossierId }));
}

function missingPart(key: MissingCode, weight: Weight, counted: readonly Counted[]): MissingPart {
  return { key, label: MISSING_LABELS[key], count: counted.length, weight, counted, follows: null };
}

function notesWithoutDuration(notes: readonly CountedNote[]): MissingPart {
  return missingPart('notes-without-duration', 'note', ofNotes(notes.filter((note) => note.minutes === 0)));
}

export function dossiersMissing(key: MissingCode, dossiers: readonly CountedDossier[]): MissingPart {
  return missingPart(
    key,
    'dossier',
    dossiers.map(({ id }) => ({ unit: id, owner: id }))
  );
}

function requestsMissing(key: MissingCode, requests: readonly CountedRequest[]): MissingPart {
  return missingPart(
    key,
    'request',
    requests.map(({ id }) => ({ unit: id, owner: id }))
  );
}
