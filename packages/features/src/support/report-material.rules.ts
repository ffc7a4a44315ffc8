import type { Id } from '@terreau/kernel/ids';
import type { FeedbackAnswer } from './check-up.rules.ts';
import type { CoordinationWorkKind } from './coordination-work.schema.ts';
import type { NoteKind } from './note.schema.ts';
import type { MeasureCode, MissingCode, Words } from './report-measures.rules.ts';

/* What a report is counted from, and what a figure is: rows in, lines out. */

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
  /** Whether a point of it is known, to look for in the priority neighbourhoods. */
  readonly isLocated: boolean;
  readonly wasOpen: boolean;
  readonly isNew: boolean;
  /** States reached in the period. */
  readonly reached: readonly string[];
  /** What the structure said last of its accompaniment in the period; null when it said nothing. */
  readonly feedback: CountedFeedback | null;
}

export interface CountedFeedback {
  readonly useful: FeedbackAnswer;
  readonly holds: FeedbackAnswer;
  readonly again: FeedbackAnswer;
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
  /** The line that people look for: the last to be hidden for the sake of another. */
  readonly subject: string;
  /** Lines that add up to `whole` exactly: what one hides must not be worked out from the others. */
  readonly parts: { readonly whole: string; readonly keys: readonly string[] } | null;
  readonly missing: readonly MissingPart[];
  /** What was counted, by the ids of dossiers: never people. */
  readonly dossierIds: readonly Id[];
}

/** What a figure could not count, and of how much of it. */
export interface MissingPart {
  readonly key: MissingCode;
  readonly label: Words;
  readonly count: number;
  readonly weight: Weight;
  readonly counted: readonly Counted[];
  /** It is a share that follows from this line: hidden with it. */
  readonly follows: string | null;
}
