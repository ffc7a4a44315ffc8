import type { RequestEvent } from '@sveltejs/kit';
import type { ToldPart, ToldYear } from '@terreau/features/support/year-paper.rules';
import { meetingsIn, yearReport, type Middle, type YearReport } from '@terreau/features/support/year-report.query';
import { formatLocalDate, formatNumber } from '#lib/formats.ts';
import { durationInWords } from '#lib/support/duration.ts';
import { m } from '#texts/messages.js';
import { orNotFound, signedInAt } from './form.ts';
import { dimensionInWords } from './memory.ts';
import { actionState } from './plan-words.ts';
import { NOTE_KIND_WORDS, roundInWords } from './words.ts';

/** A structure's year, as its page and its paper tell it. */
export async function toldYear(
  event: Pick<RequestEvent, 'locals' | 'url'> & { params: { territory: string; dossier: string } },
  kind: 'page' | 'export'
) {
  const territory = await signedInAt(event);
  const year = event.url.searchParams.get('year');
  const request = { territoryId: territory.id, dossierId: event.params.dossier, year, kind };
  const found = orNotFound(await yearReport(event.locals.context, request));
  return { territory, found, told: yearInWords(found, territory.name) };
}

function yearInWords(report: YearReport, territory: string): ToldYear {
  const year = String(report.year);
  return {
    title: m.support_memory_year_title({ year, what: report.organization ?? report.head.title }),
    subtitle: `${report.head.title} · ${territory}`,
    notice: report.isOver ? null : m.support_memory_year_not_over(),
    facts: [
      { label: m.support_memory_year_hours(), value: durationInWords(report.minutes) },
      {
        label: m.support_memory_year_meetings(),
        value: m.support_memory_year_of({ count: formatNumber(meetingsIn(report)), of: formatNumber(report.notes) })
      },
      {
        label: m.support_memory_year_done(),
        value: m.support_memory_year_of({
          count: formatNumber(report.actions.filter(({ state }) => isDone(state)).length),
          of: formatNumber(report.actions.length)
        })
      }
    ],
    parts: [hoursPart(report), donePart(report), diagnosisPart(report), decisionsPart(report), nextPart(report)]
  };
}

const isDone = (state: string) => state === 'done' || state === 'adapted' || state === 'already-done';

function hoursPart({ kinds, notesWithoutDuration }: YearReport): ToldPart {
  const missing = notesWithoutDuration > 0 ? ` ${m.support_memory_year_missing({ count: notesWithoutDuration })}` : '';
  return {
    key: 'hours',
    title: m.support_memory_year_hours(),
    empty: m.support_memory_year_nothing(),
    lines: [],
    table: {
      columns: [m.support_memory_year_kind(), m.support_memory_year_times(), m.support_memory_year_duration()],
      rows: kinds.map(({ kind, notes, minutes }) => [
        NOTE_KIND_WORDS[kind](),
        formatNumber(notes),
        durationInWords(minutes)
      ])
    },
    how: `${m.support_memory_year_hours_how()}${missing}`
  };
}

function donePart({ actions }: YearReport): ToldPart {
  return {
    key: 'done',
    title: m.support_memory_year_actions(),
    empty: m.support_memory_year_nothing(),
    lines: actions
      .filter(({ isOpen }) => !isOpen)
      .map(({ what, state }) => `${what} (${lower(actionState(state).text)})`),
    table: null,
    how: m.support_memory_year_actions_how()
  };
}

function diagnosisPart({ diagnosis }: YearReport): ToldPart {
  const hasBefore = diagnosis?.rows.some(({ before }) => before !== null) ?? false;
  return {
    key: 'diagnosis',
    title: m.support_memory_year_diagnosis(),
    empty: m.support_memory_year_diagnosis_none(),
    lines: [],
    table: diagnosis && {
      columns: [
        m.support_memory_year_dimension(),
        ...(hasBefore ? [roundInWords(diagnosis.round - 1)] : []),
        roundInWords(diagnosis.round)
      ],
      rows: diagnosis.rows.map(({ dimension, before, now }) => [
        dimensionInWords(dimension),
        ...(hasBefore ? [middleInWords(before)] : []),
        middleInWords(now)
      ])
    },
    how: m.support_memory_year_diagnosis_how()
  };
}

/** « 2 », or « 2 à 3 » when two levels stand in the middle. */
function middleInWords(middle: Middle): string {
  if (!middle) return m.support_memory_year_unknown();
  const { low, high } = middle;
  return low === high ? String(low) : m.support_memory_year_between({ low, high });
}

function decisionsPart({ decisions }: YearReport): ToldPart {
  return {
    key: 'decisions',
    title: m.support_memory_year_decisions(),
    empty: m.support_memory_year_nothing(),
    lines: decisions.map(({ on, words }) => `${formatLocalDate(on)} : ${words}`),
    table: null,
    how: m.support_memory_year_decisions_how()
  };
}

function nextPart({ actions, nextContactOn }: YearReport): ToldPart {
  return {
    key: 'next',
    title: m.support_memory_year_next(),
    empty: m.support_memory_year_nothing(),
    lines: [
      ...(nextContactOn ? [m.support_memory_year_contact({ date: formatLocalDate(nextContactOn) })] : []),
      ...actions
        .filter(({ isOpen }) => isOpen)
        .map(({ what, dueOn }) => (dueOn ? m.support_memory_year_before({ what, date: formatLocalDate(dueOn) }) : what))
    ],
    table: null,
    how: m.support_memory_year_next_how()
  };
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
