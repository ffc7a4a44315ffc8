import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { DoorKind } from './door.schema.ts';
import { checkIntake } from './intake-check.rules.ts';
import { mayWriteIntake } from './intake.policy.ts';
import { askedQuestions, readAnswers, type IntakeAnswers, type IntakeQuestion } from './intake.rules.ts';
import { intakeDraft, publishedIntake } from './intake-versions.ts';

const TRIED_MAX_COUNT = 50;

/** What the draft would have asked of one past request, beside what was asked. */
export interface IntakeTrial {
  readonly requestId: Id;
  readonly door: DoorKind;
  readonly sentence: string;
  readonly sentAt: Instant;
  /** Keys of the draft's questions that would be asked, in order, and whether the request holds an answer. */
  readonly asked: readonly { readonly key: string; readonly isAnswered: boolean }[];
  /** Keys of questions that were answered and would not be asked any more. */
  readonly dropped: readonly string[];
  /** Signals (`theme:…`) that its answers would give and do not give today, and the other way round. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface IntakeTrials {
  readonly revision: number;
  readonly questions: readonly IntakeQuestion[];
  readonly trials: readonly IntakeTrial[];
}

/** Tries the draft on the latest requests, and notes that it was tried: it may then be published. */
export async function tryIntake(
  ctx: Context,
  territoryId: Id
): Promise<Verdict<IntakeTrials, 'not-found' | 'not-sound'>> {
  if (!mayWriteIntake(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'try-intake', async (tx, ledger) => {
    const draft = await intakeDraft(tx, territoryId);
    if (!draft) return refuse('not-found');
    if (checkIntake(draft.questions).length > 0) return refuse('not-sound');
    const published = await publishedIntake(tx, territoryId);
    const rows = await tx
      .selectFrom('request')
      .select(['id', 'door', 'sentence', 'intake_answers', 'submitted_at'])
      .where('territory_id', '=', territoryId)
      .where('state', '<>', 'draft')
      .orderBy('id', 'desc')
      .limit(TRIED_MAX_COUNT)
      .execute();
    await tx.updateTable('intake_version').set({ tried_at: ctx.now }).where('id', '=', draft.id!).execute();
    ledger.about('intake-version', draft.id!, territoryId, { tried: rows.length });
    const trials = rows.map((row) => ({
      requestId: row.id,
      sentence: row.sentence!,
      sentAt: row.submitted_at!,
      ...compare(published.questions, draft.questions, row.door as DoorKind, row.intake_answers as IntakeAnswers)
    }));
    return accept({ revision: draft.revision, questions: draft.questions, trials });
  });
}

function compare(
  before: readonly IntakeQuestion[],
  after: readonly IntakeQuestion[],
  door: DoorKind,
  answers: IntakeAnswers
): Pick<IntakeTrial, 'door' | 'asked' | 'dropped' | 'gained' | 'lost'> {
  const asked = askedQuestions(after, door, answers).map(({ key }) => ({
    key,
    isAnswered: answers[key] !== undefined
  }));
  const keys = new Set(asked.map(({ key }) => key));
  const [today, then] = [signalsOf(before, door, answers), signalsOf(after, door, answers)];
  return {
    door,
    asked,
    dropped: Object.keys(answers).filter((key) => !keys.has(key)),
    gained: then.filter((signal) => !today.includes(signal)),
    lost: today.filter((signal) => !then.includes(signal))
  };
}

function signalsOf(questions: readonly IntakeQuestion[], door: DoorKind, answers: IntakeAnswers): string[] {
  const { themes, publics, kinds } = readAnswers(questions, door, answers);
  return [
    ...themes.map((code) => `theme:${code}`),
    ...publics.map((code) => `public:${code}`),
    ...kinds.map((code) => `kind:${code}`)
  ];
}
