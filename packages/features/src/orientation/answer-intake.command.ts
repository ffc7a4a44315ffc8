import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { withAskedRequest, type IntakeOpener } from './asked-request.ts';
import type { DoorKind } from './door.schema.ts';
import { askedQuestions, readAnswers, type IntakeAnswers } from './intake.rules.ts';
import { intakeOf } from './intake-versions.ts';

export type IntakeAnswer = IntakeOpener & {
  readonly requestId: Id;
  readonly question: string;
  /** The key of a choice; an empty text passes the question over. */
  readonly choice: string;
};

/**
 * Whoever asked answers one question with their code, or aloud to somebody of the team, who types it. What the answers
 * tell is written into the request at once.
 */
export async function answerIntake(
  ctx: Context,
  answer: IntakeAnswer
): Promise<Verdict<undefined, 'code-unknown' | 'choice-unknown'>> {
  return transaction(ctx, 'answer-intake', async (tx, ledger) => {
    const verdict = await withAskedRequest(tx, ctx, answer, answer.requestId, () => writeAnswer(tx, ctx, answer));
    if (verdict?.ok)
      ledger.about('request', answer.requestId, verdict.value.territoryId, { question: answer.question });
    if (!verdict) return refuse('code-unknown');
    return verdict.ok ? accept() : verdict;
  });
}

async function writeAnswer(
  tx: Tx,
  ctx: Context,
  { requestId, question, choice }: IntakeAnswer
): Promise<Verdict<{ territoryId: Id }, 'choice-unknown'>> {
  const row = await tx
    .selectFrom('request')
    .select(['territory_id', 'door', 'intake_version_id', 'intake_answers', 'themes', 'publics'])
    .where('id', '=', requestId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const door = row.door as DoorKind;
  const before = row.intake_answers as IntakeAnswers;
  const version = await intakeOf(tx, row.territory_id, row.intake_version_id, Object.keys(before).length > 0);
  const asked = askedQuestions(version.questions, door, before).find(({ key }) => key === question);
  if (!asked || (choice !== '' && !asked.choices.some(({ key }) => key === choice))) return refuse('choice-unknown');
  const answers = { ...before, [question]: choice };
  const [told, tells] = [before, answers].map((given) => readAnswers(version.questions, door, given));
  await tx
    .updateTable('request')
    .set({
      intake_version_id: version.id,
      intake_answers: JSON.stringify(answers),
      themes: renewed(row.themes, told!.themes, tells!.themes),
      publics: renewed(row.publics, told!.publics, tells!.publics),
      version: sql<number>`version + 1`,
      updated_at: ctx.now
    })
    .where('id', '=', requestId)
    .execute();
  return accept({ territoryId: row.territory_id });
}

/** What the former answers told goes, what they tell now comes; what a human or the words added stays. */
function renewed(codes: readonly string[], told: readonly string[], tells: readonly string[]): string[] {
  return [...new Set([...codes.filter((code) => !told.includes(code)), ...tells])];
}
