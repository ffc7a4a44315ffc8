import { isCodeOf, PUBLICS, THEMES } from '@terreau/formats/vocabulary';
import * as v from 'valibot';
import { dateField, textUpTo } from './dossier.schema.ts';
import { DISMISSALS, E3_DECISIONS, OUTCOMES, WORDS_MAX_CHARACTERS } from './introduction.rules.ts';

export const DESCRIBED_MAX_COUNT = 5;
/** What a project may lack or bring: the categories of needs and offers, without money and without "other". */
export const MEETING_CATEGORIES = ['room', 'equipment', 'skill', 'time', 'contact', 'vehicle'] as const;
export type MeetingCategory = (typeof MEETING_CATEGORIES)[number];

/** Several boxes, one box or none. Unknown codes are passed over. */
const codes = (isKnown: (code: string) => boolean) =>
  v.pipe(
    v.optional(v.union([v.string(), v.array(v.string())]), []),
    v.transform((typed) => [...new Set(typeof typed === 'string' ? [typed] : typed)].filter(isKnown)),
    v.maxLength(DESCRIBED_MAX_COUNT, 'too-many')
  );
const categories = codes((code) => (MEETING_CATEGORIES as readonly string[]).includes(code));

const isTheme = (code: string) => isCodeOf(THEMES, code);

export const describeDossierSchema = v.object({
  themes: codes(isTheme),
  /** One more, out of the whole list. */
  otherTheme: codes(isTheme),
  publics: codes((code) => isCodeOf(PUBLICS, code)),
  neighbourhood: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
  needs: categories,
  offers: categories
});
export type DescribeDossierFields = v.InferOutput<typeof describeDossierSchema>;

/** `organization-<id>` or `dossier-<id>`: whom a suggestion is about. */
const counterpart = v.pipe(v.string(), v.regex(/^(organization|dossier)-[0-9a-f-]{36}$/, 'missing'));

export const proposeIntroductionSchema = v.object({ counterpart, words: textUpTo(WORDS_MAX_CHARACTERS) });
export const dismissIntroductionSchema = v.object({ counterpart, dismissal: v.picklist(DISMISSALS, 'missing') });

const introduction = v.pipe(v.string(), v.uuid('missing'));

export const answerIntroductionSchema = v.object({
  introduction,
  answer: v.picklist(['yes', 'no'] as const, 'missing'),
  side: v.optional(v.picklist(['own', 'other'] as const), 'own'),
  agreedAloud: v.pipe(
    v.optional(v.string(), ''),
    v.transform((text) => text === 'yes')
  )
});

export const metSchema = v.object({ introduction, metOn: dateField });

export const outcomeSchema = v.object({
  introduction: v.optional(introduction),
  outcome: v.picklist(OUTCOMES, 'missing'),
  note: textUpTo(WORDS_MAX_CHARACTERS)
});

export const decideE3Schema = v.object({
  decision: v.picklist(E3_DECISIONS, 'missing'),
  /** The introduction with whose structure it is done; nobody's for « alone » and « give up ». */
  introduction: v.optional(v.string(), '')
});
