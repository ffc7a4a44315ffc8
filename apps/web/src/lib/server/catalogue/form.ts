import { error } from '@sveltejs/kit';
import { directoryGround } from '@terreau/features/directory/directory-ground.query';
import { LEGAL_FORMS } from '@terreau/features/directory/directory.schema';
import type { SupportSheet } from '@terreau/features/orientation/support-sheet.query';
import { keepsCatalogue } from '@terreau/features/orientation/support.policy';
import { SUPPORT_KINDS, SUPPORT_RECURRENCES, SUPPORT_SCOPES } from '@terreau/features/orientation/support.schema';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { asTyped, type Typed } from '#lib/server/directory/forms.ts';
import { optionsOf, themeOptions } from '#lib/server/directory/labels.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { LEGAL_FORM_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import { KIND_WORDS, RECURRENCE_WORDS } from './words.ts';

/** The territory whose catalogue the reader keeps; a visitor signs in first, anybody else finds nothing. */
export async function keptTerritory(locals: App.Locals, slug: string, url: URL): Promise<Territory> {
  const territory = await territoryAt(locals, slug);
  mustBeSignedIn(locals, url);
  if (!keepsCatalogue(locals.context.actor, territory.id)) error(404);
  return territory;
}

/** What the form of a sheet offers, in the language of the page. */
export async function supportChoices(locals: App.Locals, territory: Territory) {
  const ground = await directoryGround(locals.context, territory.id);
  return {
    kinds: SUPPORT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind]() })),
    themes: themeOptions().flatMap(({ options }) => options),
    publics: optionsOf('public'),
    fees: optionsOf('fee'),
    recurrences: SUPPORT_RECURRENCES.map((each) => ({ value: each, label: RECURRENCE_WORDS[each]() })),
    legalForms: LEGAL_FORMS.map((form) => ({ value: form, label: LEGAL_FORM_WORDS[form]?.() ?? form })),
    scopes: SUPPORT_SCOPES.map((scope) => ({ value: scope, label: SCOPE_WORDS[scope]() })),
    neighbourhoods: ground.neighbourhoods.map(({ id, name }) => ({ value: id, label: name }))
  };
}

const SCOPE_WORDS = {
  territory: m.catalogue_scope_territory,
  national: m.catalogue_scope_national,
  commune: () => m.catalogue_scope_commune({ codes: '' }).trim(),
  epci: () => m.catalogue_scope_epci({ codes: '' }).trim(),
  departement: () => m.catalogue_scope_departement({ codes: '' }).trim(),
  region: () => m.catalogue_scope_region({ codes: '' }).trim(),
  'priority-neighbourhood': () => m.catalogue_scope_priority({ codes: '' }).trim(),
  circle: m.catalogue_field_radius
} as const;

/** A stored sheet as its form shows it: amounts in everyday units, lists between commas. */
export function typedSheet(sheet: SupportSheet): Typed {
  const { latitude, longitude } = sheet;
  const parts = (value: number | null, of: number) => (value === null ? '' : String(value / of));
  return {
    ...asTyped({ ...sheet, organization: null }),
    localThemes: sheet.localThemes.join(', '),
    languages: sheet.languages.join(', '),
    accessibility: sheet.accessibility.join(', '),
    scopeCodes: sheet.scopeCodes.join(', '),
    position: latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`,
    radiusKm: parts(sheet.radiusMetres, 1000),
    minRate: parts(sheet.minRateBasisPoints, 100),
    maxRate: parts(sheet.maxRateBasisPoints, 100),
    ceiling: parts(sheet.ceilingCents, 100)
  };
}
