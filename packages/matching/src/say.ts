import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { sayDate, sayDistance, sayList, type Language } from './phrases.ts';
import type { Doubt, Missing, Reason } from './reasons.ts';
import type { Sentences } from './sentences.ts';
import type { AreaLevel, Scope } from './support.ts';

export type { Language } from './phrases.ts';

export type Vocabulary = 'theme' | 'public' | 'legal-form' | 'language' | 'accessibility' | AreaLevel;

/** The words for a code, in the language asked for: the vocabularies are not the engine's. */
export type Label = (vocabulary: Vocabulary, code: string) => string;

const SENTENCES: Readonly<Record<Language, Sentences>> = { fr: FRENCH, en: ENGLISH };

/** One plain sentence: why a support is proposed, or what should be checked first. */
export function sayReason(reason: Reason, language: Language, label: Label): string {
  const say = SENTENCES[language];
  const list = (vocabulary: Vocabulary, codes: readonly string[]) =>
    sayList(
      codes.map((code) => label(vocabulary, code)),
      language
    );
  switch (reason.code) {
    case 'theme':
    case 'family':
      return say[reason.code](list('theme', reason.themes));
    case 'public':
      return say.public(list('public', reason.publics));
    case 'near':
      return say.near(sayDistance(reason.metres, language));
    case 'covers':
      return say.covers[reason.level];
    case 'checked':
      return say.checked(reason.days);
    case 'load':
      return say.load(reason.open, reason.places);
    case 'turn':
      return say.turn(reason.suggested, reason.answered);
    case 'open-until':
      return say.openUntil(sayDate(reason.date, language));
    case 'to-check':
      return say.toCheck(sayDoubt(reason, language, label));
    default:
      return say[reason.code];
  }
}

/** What is missing, then what would make it possible. */
export function sayMissing(missing: Missing, language: Language, label: Label): string {
  const say = SENTENCES[language].missing;
  switch (missing.criterion) {
    case 'territory':
      return say.territory(
        sayScopes(missing.scopes, language, label),
        missing.metres === null ? null : sayDistance(missing.metres, language)
      );
    case 'age':
    case 'employees':
    case 'budget':
      return say[missing.criterion][missing.side](missing.value, missing.bound);
    case 'dates':
      return say[missing.side](sayDate(missing.date, language));
    case 'freshness':
      return say.freshness(missing.checkedOn && sayDate(missing.checkedOn, language));
    default: {
      const { criterion } = missing;
      return say[criterion](
        sayList(
          missing.codes.map((code) => label(criterion, code)),
          language
        )
      );
    }
  }
}

function sayDoubt(doubt: Doubt, language: Language, label: Label): string {
  const say = SENTENCES[language].doubt;
  switch (doubt.criterion) {
    case 'territory':
      return say.territory(doubt.scopes.length === 0 ? null : sayScopes(doubt.scopes, language, label));
    case 'age':
    case 'employees':
    case 'budget':
      return say[doubt.criterion](doubt.min, doubt.max);
    case 'subject':
    case 'freshness':
      return say[doubt.criterion];
    default: {
      const { criterion } = doubt;
      return say[criterion](
        sayList(
          doubt.codes.map((code) => label(criterion, code)),
          language
        )
      );
    }
  }
}

const SCOPES_SAID_MAX = 3;

function sayScopes(scopes: readonly Scope[], language: Language, label: Label): string {
  const say = SENTENCES[language];
  const names = scopes.flatMap((scope) => {
    if (scope.level === 'national') return [say.country];
    if (scope.level === 'around') return [say.around(scope.km)];
    return scope.codes.map((code) => label(scope.level as AreaLevel, code));
  });
  const further = names.length - SCOPES_SAID_MAX;
  return sayList(further > 0 ? [...names.slice(0, SCOPES_SAID_MAX), say.further(further)] : names, language);
}
