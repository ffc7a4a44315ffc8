import { fail } from '@sveltejs/kit';
import type { PaperDocument } from '@terreau/formats/document';
import type { CommitteePhase, CommitteeRole, ConsentChannel } from '@terreau/features/support/committee.rules';
import type { CommitteeItemSheet, CommitteeSheet } from '@terreau/features/support/find-committee.query';
import type { OpenCommitteeRefusal } from '@terreau/features/support/open-committee.command';
import type { PutOnAgendaRefusal } from '@terreau/features/support/put-on-agenda.command';
import type { SeatInCommitteeRefusal } from '@terreau/features/support/seat-in-committee.command';
import * as v from 'valibot';
import { formatLocalDate } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';
import { textIn, type Typed } from '../directory/forms.ts';
import { failFields, stepInWords, type SentBack } from './words.ts';

/* The codes of committees in the language of the page. A missing text does not compile. */

const PHASES = {
  preparing: { text: m.support_committee_phase_preparing, tone: 'wait' },
  agenda: { text: m.support_committee_phase_agenda, tone: 'news' },
  held: { text: m.support_committee_phase_held, tone: 'good' },
  shut: { text: m.support_committee_phase_shut, tone: 'plain' }
} as const satisfies Record<CommitteePhase, unknown>;

export function phaseInWords(phase: CommitteePhase) {
  return { text: PHASES[phase].text(), tone: PHASES[phase].tone };
}

export const COMMITTEE_ROLE_WORDS: Readonly<Record<CommitteeRole, () => string>> = {
  coordination: m.support_committee_role_coordination,
  expert: m.support_committee_role_expert,
  funder: m.support_committee_role_funder,
  partner: m.support_committee_role_partner,
  resident: m.support_committee_role_resident
};

export const CHANNEL_WORDS: Readonly<Record<ConsentChannel, () => string>> = {
  page: m.support_committee_how_page,
  oral: m.support_committee_how_oral,
  phone: m.support_committee_how_phone,
  paper: m.support_committee_how_paper
};

const CONSENT_WORDS: Readonly<Record<ConsentChannel, (of: { date: string }) => string>> = {
  page: m.support_committee_consent_page,
  oral: m.support_committee_consent_oral,
  phone: m.support_committee_consent_phone,
  paper: m.support_committee_consent_paper
};

/** What a structure agreed to show, and what was said of it. */
export function itemInWords(item: CommitteeItemSheet) {
  return {
    id: item.id,
    title: item.title,
    step: item.step === null ? null : stepInWords(item.step),
    summary: item.summary,
    consent: CONSENT_WORDS[item.channel]({ date: formatLocalDate(item.consentedOn) }),
    consentedBy: item.consentedBy,
    minutes: item.minutes,
    decision: item.decision,
    opinions: item.opinions.map((one) => ({
      id: one.id,
      by: one.by ?? m.support_committee_somebody(),
      text: one.opinion
    })),
    ownOpinion: item.opinions.find(({ isOwn }) => isOwn)?.opinion ?? '',
    tasks: item.tasks.map((task) => ({
      id: task.id,
      what: task.what,
      text: m.support_committee_task_who({ who: task.who, what: task.what }),
      due: task.dueOn && m.support_committee_task_due({ date: formatLocalDate(task.dueOn) }),
      isDone: task.doneAt !== null
    }))
  };
}

/** The minutes of a committee: what was shown, said, decided and left to do. */
export function committeePaper(sheet: CommitteeSheet, territory: string): PaperDocument {
  const title = m.support_committee_of({ date: formatLocalDate(sheet.heldOn) });
  const members = sheet.members.map(({ name, role }) => `${name}, ${COMMITTEE_ROLE_WORDS[role]()}`);
  return {
    title,
    language: currentLanguage(),
    subtitle: [territory, sheet.place].filter(Boolean).join(' · '),
    footer: title,
    blocks: [
      { kind: 'notice', text: `${m.support_committee_advisory()}. ${m.support_committee_advisory_text()}` },
      ...(members.length > 0
        ? ([
            { kind: 'heading', level: 2, text: m.support_committee_members() },
            { kind: 'list', items: members }
          ] as const)
        : []),
      ...sheet.items.flatMap((item) => itemBlocks(item))
    ]
  };
}

function itemBlocks(sheet: CommitteeItemSheet): PaperDocument['blocks'] {
  const item = itemInWords(sheet);
  const part = (text: string, blocks: PaperDocument['blocks']): PaperDocument['blocks'] => [
    { kind: 'heading', level: 3, text },
    ...blocks
  ];
  return [
    { kind: 'heading', level: 2, text: item.title },
    { kind: 'paragraph', text: [item.step, item.consent].filter(Boolean).join(' · ') },
    { kind: 'paragraph', text: item.summary },
    ...(item.opinions.length > 0
      ? part(m.support_committee_opinions(), [
          { kind: 'list', items: item.opinions.map(({ by, text }) => `${by} : ${text}`) }
        ])
      : []),
    ...(item.minutes ? part(m.support_committee_minutes(), [{ kind: 'paragraph', text: item.minutes }]) : []),
    ...(item.decision ? part(m.support_committee_decision(), [{ kind: 'paragraph', text: item.decision }]) : []),
    ...(item.tasks.length > 0
      ? part(m.support_committee_tasks(), [
          {
            kind: 'list',
            items: item.tasks.map(({ text, due, isDone }) =>
              [text, due, isDone ? m.support_committee_task_done() : null].filter(Boolean).join(', ')
            )
          }
        ])
      : [])
  ];
}

/**
 * Reads a form that stands once for each dossier of the agenda: each of its fields has the id of the item after its name,
 * so that a page has no two fields of one name.
 */
export function readOfItem<const Schema extends v.GenericSchema>(schema: Schema, values: Typed) {
  const item = textIn(values, 'item');
  const end = `-${item}`;
  const own = Object.entries(values)
    .filter(([name]) => name.endsWith(end))
    .map(([name, value]) => [name.slice(0, -end.length), value]);
  const read = v.safeParse(schema, { ...Object.fromEntries(own), item });
  if (read.success) return { ok: true as const, fields: read.output };
  const answer = failFields(read.issues, values);
  const errors = Object.fromEntries(
    Object.entries(answer.data.errors).map(([field, text]) => [field === 'item' ? '' : `${field}${end}`, text])
  );
  return { ok: false as const, answer: fail(422, { values, errors } satisfies SentBack) };
}

type Refusal = Exclude<OpenCommitteeRefusal | SeatInCommitteeRefusal | PutOnAgendaRefusal | Extra, 'not-found'>;
type Extra = 'minutes-empty' | 'too-many-tasks';

const REFUSALS: Readonly<
  Record<Refusal, { readonly text: (details: { max: number }) => string; readonly field?: string }>
> = {
  'plan-not-yours': { text: m.support_plan_refusal_not_yours },
  'dossier-ended': { text: m.support_plan_refusal_ended },
  'committee-not-now': { text: m.support_committee_refusal_not_now },
  'committee-not-yours': { text: m.support_committee_refusal_not_yours },
  'agenda-past': { text: m.support_committee_refusal_past, field: 'agendaOn' },
  'held-before-agenda': { text: m.support_committee_refusal_before, field: 'heldOn' },
  'held-too-late': { text: m.support_committee_refusal_late, field: 'heldOn' },
  'no-such-account': { text: m.support_committee_refusal_account, field: 'email' },
  'seated-already': { text: m.support_committee_refusal_seated, field: 'email' },
  'committee-full': { text: m.support_committee_refusal_full },
  'committee-not-found': { text: m.support_committee_refusal_committee, field: 'committee' },
  'consent-not-theirs': { text: m.support_committee_refusal_consent, field: 'consentedBy' },
  'consent-later': { text: m.support_committee_refusal_later, field: 'consentedOn' },
  'on-agenda-already': { text: m.support_committee_refusal_already, field: 'committee' },
  'agenda-full': { text: m.support_committee_refusal_full, field: 'committee' },
  'minutes-empty': { text: m.support_committee_refusal_empty },
  'too-many-tasks': { text: m.support_committee_refusal_full }
};

/** A form of a committee sent back with a command's refusal, at its field or for the whole form. */
export function failCommittee(
  refusal: { readonly code: Refusal; readonly details: Readonly<Record<string, string | number>> },
  values: SentBack['values']
) {
  const { text, field } = REFUSALS[refusal.code];
  const words = text({ max: Number(refusal.details['max'] ?? 0) });
  return fail(409, { values, errors: { [field ?? '']: words } } satisfies SentBack);
}
