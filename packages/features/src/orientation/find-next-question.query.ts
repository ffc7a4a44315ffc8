import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { proposeThemesFromWords } from '@terreau/matching/propose-from-words';
import { withAskedRequest, type IntakeOpener } from './asked-request.ts';
import { askedQuestions, type IntakeAnswers, type IntakeQuestion } from './intake.rules.ts';
import { intakeOf } from './intake-versions.ts';
import type { SentRequest } from './sent-requests.ts';

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
  asked: IntakeOpener & { readonly requestId: Id; readonly question: string | null }
): Promise<IntakeStep | null> {
  const { requestId, question: wanted } = asked;
  return reading(ctx, (tx) =>
    withAskedRequest(tx, ctx, asked, requestId, async (own) => {
      const row = await tx
        .selectFrom('request')
        .select(['intake_version_id', 'intake_answers'])
        .where('id', '=', requestId)
        .executeTakeFirstOrThrow();
      const answers = row.intake_answers as IntakeAnswers;
      const hasAnswers = Object.keys(answers).length > 0;
      const { questions } = await intakeOf(tx, own.territoryId, row.intake_version_id, hasAnswers);
      const questionsAsked = askedQuestions(questions, own.door, answers);
      const question =
        questionsAsked.find(({ key }) => key === wanted) ??
        questionsAsked.find(({ key }) => answers[key] === undefined) ??
        null;
      const at = question ? questionsAsked.indexOf(question) : questionsAsked.length;
      return {
        requestId,
        sentence: own.words.sentence,
        question,
        answer: question ? (answers[question.key] ?? null) : null,
        previous: questionsAsked[at - 1]?.key ?? null,
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
