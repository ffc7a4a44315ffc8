import type { PaperBlock, PaperDocument } from '@terreau/formats/document';

/** A plan in the words of its reader, as the page and the paper both say it. */
export interface ToldPlan {
  readonly groups: readonly { readonly title: string; readonly actions: readonly ToldAction[] }[];
  /** What stands under no priority. */
  readonly others: readonly ToldAction[];
  readonly total: string | null;
}

export interface ToldAction {
  readonly what: string;
  readonly kind: string;
  readonly owner: string;
  /** The day alone. */
  readonly day: string;
  readonly planned: string;
  readonly spent: string;
  readonly sign: string | null;
  readonly state: { readonly text: string };
  /** Written after the structure had accepted the plan. */
  readonly addition: string | null;
}

export interface PlanPaperWords {
  readonly title: string;
  readonly subtitle: string;
  readonly footer: string;
  /** Whether the structure said yes, and when. */
  readonly standing: string;
  readonly nextContact: { readonly label: string; readonly value: string } | null;
  readonly columns: Readonly<Record<'what' | 'owner' | 'day' | 'planned' | 'spent' | 'state', string>>;
  readonly others: string;
  readonly all: string;
  readonly nothing: string;
  readonly sign: (sign: string) => string;
  /** What is written by hand on a plan that waits for a yes; null once it was said. */
  readonly answer: { readonly title: string; readonly change: string; readonly signature: string } | null;
}

/** The plan on paper: each priority with its actions; and, as long as nobody said yes, where to answer by hand. */
export function planPaper(plan: ToldPlan, words: PlanPaperWords, language: 'fr' | 'en'): PaperDocument {
  const isEmpty = plan.groups.length === 0 && plan.others.length === 0;
  return {
    title: words.title,
    language,
    subtitle: words.subtitle,
    footer: words.footer,
    blocks: [
      { kind: 'notice', text: words.standing },
      ...(words.nextContact ? [{ kind: 'facts', facts: [words.nextContact] } as const] : []),
      ...(isEmpty ? [{ kind: 'paragraph', text: words.nothing } as const] : []),
      ...plan.groups.flatMap(({ title, actions }) => groupBlocks(title, actions, words)),
      ...(plan.others.length > 0
        ? groupBlocks(plan.groups.length > 0 ? words.others : words.all, plan.others, words)
        : []),
      ...(plan.total ? [{ kind: 'paragraph', text: plan.total } as const] : []),
      ...answerBlocks(words.answer)
    ]
  };
}

function groupBlocks(title: string, actions: readonly ToldAction[], words: PlanPaperWords): PaperBlock[] {
  const { columns } = words;
  return [
    { kind: 'heading', level: 2, text: title },
    actions.length === 0
      ? { kind: 'paragraph', text: words.nothing }
      : {
          kind: 'table',
          caption: words.all,
          columns: [
            { label: columns.what, share: 5 },
            { label: columns.owner, share: 2 },
            { label: columns.day, share: 2 },
            { label: columns.planned, numeric: true },
            { label: columns.spent, numeric: true },
            { label: columns.state, share: 2 }
          ],
          rows: actions.map((action) => actionRow(action, words))
        }
  ];
}

function actionRow(action: ToldAction, { sign }: PlanPaperWords): string[] {
  const about = [action.kind, action.addition].filter((part) => part !== null).join(' · ');
  return [
    [action.what, about, ...(action.sign ? [sign(action.sign)] : [])].join('\n'),
    action.owner,
    action.day,
    action.planned,
    action.spent,
    action.state.text
  ];
}

function answerBlocks(answer: PlanPaperWords['answer']): PaperBlock[] {
  if (!answer) return [];
  return [
    { kind: 'heading', level: 2, text: answer.title },
    { kind: 'paragraph', text: answer.change },
    { kind: 'lines', count: 3 },
    { kind: 'paragraph', text: answer.signature },
    { kind: 'lines', count: 1 }
  ];
}
