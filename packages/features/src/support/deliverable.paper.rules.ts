import type { PaperBlock, PaperDocument } from '@terreau/formats/document';
import type { JourneyField, JourneySource, JourneyStep } from './journey.rules.ts';

/*
 * The deliverable of each step, made of what was said and of nothing else: half a page for the first, one page for
 * the project, two at most for the others. The limits of the fields keep it so.
 */

/** The words of a paper, in the reader's language. */
export interface DeliverableWords {
  /** Whose it is and of which day, under the title. */
  readonly subtitle: string;
  /** At the foot of each page. */
  readonly footer: string;
  /** Under the heading of a field of which nothing was said. */
  readonly nothing: string;
  readonly sources: Readonly<Record<JourneySource, string>>;
}

export interface DeliverableFacts {
  /** What was said, by key. */
  readonly said: ReadonlyMap<string, string>;
  /** What other pages hold, line by line, in the words of the page. */
  readonly sources: ReadonlyMap<JourneySource, readonly string[]>;
}

/** The deliverable of one step. */
export function deliverablePaper(
  step: JourneyStep,
  facts: DeliverableFacts,
  words: DeliverableWords,
  language: 'fr' | 'en'
): PaperDocument {
  return {
    title: step.deliverable,
    language,
    subtitle: words.subtitle,
    footer: words.footer,
    blocks: blocksOf(step, facts, words, 2)
  };
}

/** All of them in one document, each on its own page; steps in which nothing was said are left out. */
export function journeyPaper(
  steps: readonly JourneyStep[],
  facts: DeliverableFacts,
  words: DeliverableWords,
  { title, language }: { readonly title: string; readonly language: 'fr' | 'en' }
): PaperDocument {
  const told = steps.filter((step) => hasWords(step, facts));
  const blocks = told.flatMap((step, index): PaperBlock[] => [
    ...(index > 0 ? [{ kind: 'page-break' } as const] : []),
    { kind: 'heading', level: 2, text: `E${step.step} · ${step.deliverable}` },
    ...blocksOf(step, facts, words, 3)
  ]);
  return {
    title,
    language,
    subtitle: words.subtitle,
    footer: words.footer,
    blocks: blocks.length > 0 ? blocks : [{ kind: 'paragraph', text: words.nothing }]
  };
}

/** Whether anything was said in a step, other than what earlier ones asked. */
export function hasWords(step: JourneyStep, { said, sources }: DeliverableFacts): boolean {
  return (
    step.fields.some((field) => field.askedAt === null && said.has(field.key)) ||
    step.sources.some((source) => (sources.get(source)?.length ?? 0) > 0)
  );
}

function blocksOf(
  step: JourneyStep,
  { said, sources }: DeliverableFacts,
  words: DeliverableWords,
  level: 2 | 3
): PaperBlock[] {
  return [
    ...step.fields.flatMap((field) => [
      { kind: 'heading' as const, level, text: field.label },
      answerBlock(wordsOf(field, said.get(field.key)), words.nothing)
    ]),
    ...step.sources.flatMap((source) => [
      { kind: 'heading' as const, level, text: words.sources[source] },
      answerBlock(sources.get(source)?.join('\n') ?? null, words.nothing)
    ])
  ];
}

/** One line is a paragraph, several are a list. */
function answerBlock(answer: string | null, nothing: string): PaperBlock {
  const lines = answer ? answer.split('\n') : [];
  if (lines.length > 1) return { kind: 'list', items: lines };
  return { kind: 'paragraph', text: lines[0] ?? nothing };
}

function wordsOf(field: JourneyField, said: string | undefined): string | null {
  if (said === undefined) return null;
  return field.choices.find((choice) => choice.value === said)?.label ?? said;
}
