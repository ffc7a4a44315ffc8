import { LEGAL_FORMS } from '@terreau/features/directory/directory.schema';
import { PROMISE_MONTHS } from '@terreau/features/directory/freshness.rules';
import { POST_CATEGORIES } from '@terreau/features/directory/post-lifecycle.rules';
import { m } from '#texts/messages.js';
import { optionsOf, themeOptions, type Option } from './labels.ts';
import { CATEGORY_WORDS, LEGAL_FORM_WORDS } from './words.ts';

/** What the forms of the directory offer, in the language of the page. */

export function organizationChoices() {
  return {
    legalForms: optionsIn(LEGAL_FORMS, LEGAL_FORM_WORDS),
    themes: themeOptions(),
    publics: optionsOf('public'),
    networks: optionsOf('network'),
    months: PROMISE_MONTHS.map((count) => ({ value: String(count), label: m.directory_months({ count }) }))
  };
}

export function serviceChoices() {
  return {
    kinds: optionsOf('serviceKind'),
    fees: optionsOf('fee'),
    themes: themeOptions(),
    publics: optionsOf('public'),
    reception: optionsOf('reception'),
    mobilization: optionsOf('mobilization'),
    mobilizers: optionsOf('mobilizer')
  };
}

export function categoryChoices(): Option[] {
  return optionsIn(POST_CATEGORIES, CATEGORY_WORDS);
}

function optionsIn(codes: readonly string[], words: Readonly<Record<string, () => string>>): Option[] {
  return codes.map((code) => ({ value: code, label: words[code]?.() ?? code }));
}
