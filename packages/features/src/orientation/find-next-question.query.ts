import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { proposeThemesFromWords } from '@terreau/matching/propose-from-words';
import { withReceipt } from '../trust/receipt-access.ts';
import { askedQuestions, type IntakeAnswers, type IntakeQuestion } from './intake.rules.ts';
import { intakeOf } from './intake-versions.ts';
import { sentRequests, sentScope, type SentRequest } from './sent-requests.ts';

export interface IntakeStep {
  readonly requestId: Id;
  readonly sentence: string;
  /** The question to answer: the one asked for, else the next; null when all are answered. */
  readonly question: IntakeQuestion | null;
  /** What was answered to it before. */
  readonly answer: string | null;
  /** The question before it, to go back to. */
  readonly previous: string | null;
  /** Which one it is: how many there are depends on the answers. */
  readonly number: number;
  /** Themes that their words may mean and that nobody said: to be confirmed, or not. */
  readonly proposedThemes: readonly string[];
}

/** Where somebody stands in the questions of their request; null when the code does not open it. */
export async function findNextQuestion(
  ctx: Context,
  {
    code,
    requestId,
    question: wanted
  }: { readonly code: string; readonly requestId: Id; readonly question: string | null }
): Promise<IntakeStep | null> {
  if (!isId(requestId)) return null;
  return reading(ctx, (tx) =>
    withReceipt(tx, code, async (receipt) => {
      const own = (await sentRequests(tx, sentScope(receipt))).find(({ id, isLive }) => id === requestId && isLive);
      if (!own) return null;
      const row = await tx
        .selectFrom('request')
        .select(['intake_version_id', 'intake_answers'])
        .where('id', '=', requestId)
        .executeTakeFirstOrThrow();
      const answers = row.intake_answers as IntakeAnswers;
      const hasAnswers = Object.keys(answers).length > 0;
      const { questions } = await intakeOf(tx, own.territoryId, row.intake_version_id, hasAnswers);
      const asked = askedQuestions(questions, own.door, answers);
      const question =
        asked.find(({ key }) => key === wanted) ?? asked.find(({ key }) => answers[key] === undefined) ?? null;
      const at = question ? asked.indexOf(question) : asked.length;
      return {
        requestId,
        sentence: own.words.sentence,
        question,
        answer: question ? (answers[question.key] ?? null) : null,
        previous: asked[at - 1]?.key ?? null,
        number: at + 1,
        proposedThemes: question ? [] : proposals(own)
      };
    })
  );
}

function proposals({ words, themes }: SentRequest): string[] {
  const text = [words.sentence, words.expectation].filter((part) => part !== null).join('\n');
  return proposeThemesFromWords(text)
    .map(({ theme }) => theme)
    .filter((theme) => !themes.includes(theme));
}
