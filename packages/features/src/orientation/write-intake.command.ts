import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { mayWriteIntake } from './intake.policy.ts';
import type { IntakeQuestion } from './intake.rules.ts';
import { intakeDraft, publishedIntake, type IntakeVersion } from './intake-versions.ts';

/** One gesture on the list of questions that is being written. */
export type IntakeEdit =
  | { readonly kind: 'put'; readonly question: IntakeQuestion; readonly isNew: boolean }
  | { readonly kind: 'remove'; readonly key: string }
  | { readonly kind: 'move'; readonly key: string; readonly by: -1 | 1 };

export type WriteIntakeRefusal = 'not-found' | 'changed-meanwhile' | 'already-there';

/**
 * Changes the draft, made from the questions in force at the first gesture. `revision`: the draft that was being looked
 * at, 0 for none; when somebody changed it meanwhile nothing is written.
 */
export async function writeIntake(
  ctx: Context,
  { territoryId, revision, edit }: { readonly territoryId: Id; readonly revision: number; readonly edit: IntakeEdit }
): Promise<Verdict<IntakeVersion, WriteIntakeRefusal>> {
  if (!mayWriteIntake(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'write-intake', async (tx, ledger) => {
    const draft = await heldDraft(tx, ctx, territoryId);
    if (draft.revision !== revision && revision !== 0) return refuse('changed-meanwhile');
    const questions = edited(draft.questions, edit);
    if (questions === 'not-found' || questions === 'already-there') return refuse(questions);
    await tx
      .updateTable('intake_version')
      .set({
        questions: JSON.stringify(questions),
        revision: sql<number>`revision + 1`,
        changed_at: ctx.now,
        tried_at: null
      })
      .where('id', '=', draft.id!)
      .execute();
    ledger.about('intake-version', draft.id!, territoryId, { edit: edit.kind });
    return accept({ ...draft, questions, revision: draft.revision + 1 });
  });
}

/** The draft, locked until the end of the transaction. */
async function heldDraft(tx: Tx, ctx: Context, territoryId: Id): Promise<IntakeVersion> {
  await sql`select from territory where id = ${territoryId} for update`.execute(tx);
  const known = await intakeDraft(tx, territoryId);
  if (known) return known;
  const { questions } = await publishedIntake(tx, territoryId);
  const { number } = await tx
    .selectFrom('intake_version')
    .select(sql<number>`coalesce(max(number), 0) + 1`.as('number'))
    .where('territory_id', '=', territoryId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('intake_version')
    .values({
      territory_id: territoryId,
      number,
      questions: JSON.stringify(questions),
      created_by: ctx.actor.accountId,
      created_at: ctx.now,
      changed_at: ctx.now
    })
    .execute();
  return (await intakeDraft(tx, territoryId))!;
}

function edited(
  questions: readonly IntakeQuestion[],
  edit: IntakeEdit
): IntakeQuestion[] | 'not-found' | 'already-there' {
  const key = edit.kind === 'put' ? edit.question.key : edit.key;
  const at = questions.findIndex((question) => question.key === key);
  if (edit.kind === 'put') {
    if (edit.isNew) return at === -1 ? [...questions, edit.question] : 'already-there';
    return at === -1 ? 'not-found' : questions.with(at, edit.question);
  }
  if (at === -1) return 'not-found';
  const others = questions.toSpliced(at, 1);
  if (edit.kind === 'remove') return others;
  const to = Math.min(Math.max(at + edit.by, 0), others.length);
  return others.toSpliced(to, 0, questions[at]!);
}
