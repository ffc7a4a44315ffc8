import { displayPhone } from '@terreau/formats/cells';
import type {
  OrganizationSheet,
  PlaceOfSheet,
  PostOfSheet,
  ServiceOfSheet
} from '@terreau/features/directory/find-organization.query';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { formatLocalDate, formatShortDate } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';
import { freshnessInWords } from './freshness.ts';
import { hoursInWords } from './hours.ts';
import { labelOf, labelsOf } from './labels.ts';
import { CATEGORY_WORDS, LEGAL_FORM_WORDS, POST_STATE_WORDS } from './words.ts';

/** A sheet as its page shows it: every code in words, every date and hour on the walls of the territory. */
export function sheetPage(sheet: OrganizationSheet, territory: Territory, now: Date) {
  const { timeZone } = territory;
  const places = sheet.places.map((place) => placeInWords(place, sheet.name, now, timeZone));
  return {
    id: sheet.id,
    name: sheet.name,
    acronym: sheet.acronym,
    legalForm: sheet.legalForm === 'other' ? null : (LEGAL_FORM_WORDS[sheet.legalForm]?.() ?? null),
    status: sheet.status,
    statusReason: sheet.statusReason,
    description: currentLanguage() === 'en' && sheet.descriptionEn ? sheet.descriptionEn : sheet.description,
    plainDescription: sheet.plainDescription,
    website: sheet.website && { href: sheet.website, text: sheet.website.replace(/^https?:\/\/(?:www\.)?|\/$/g, '') },
    linksWork: sheet.linksWork,
    email: sheet.email,
    phone: phoneInWords(sheet.phone),
    picture: sheet.picture,
    themes: labelsOf('theme', sheet.themes),
    localThemes: sheet.localThemes,
    publics: labelsOf('public', sheet.publics),
    networks: labelsOf('network', sheet.networks),
    places,
    services: sheet.services.map((service) => serviceInWords(service, places, now, timeZone)),
    needs: sheet.posts.filter((post) => post.kind === 'need').map((post) => postInWords(post, timeZone)),
    offers: sheet.posts.filter((post) => post.kind === 'offer').map((post) => postInWords(post, timeZone)),
    freshness: freshnessInWords(sheet, now, timeZone),
    isStale: sheet.freshness === 'stale',
    source: sheet.source && {
      name: sheet.source,
      url: sheet.sourceUrl,
      date: sheet.sourceUpdatedOn && formatLocalDate(sheet.sourceUpdatedOn)
    },
    updatedOn: formatShortDate(sheet.updatedAt, timeZone),
    siret: sheet.siret?.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4') ?? null,
    rna: sheet.rna,
    mayEdit: sheet.mayEdit,
    mayModerate: sheet.mayModerate,
    nextSteps: sheet.quality?.next.map((criterion) => ADVICE[criterion]()) ?? null
  };
}

const ADVICE = {
  contact: m.directory_advice_contact,
  address: m.directory_advice_address,
  description: m.directory_advice_description,
  mobilization: m.directory_advice_mobilization,
  date: m.directory_advice_date
} as const;

function placeInWords(place: PlaceOfSheet, sheetName: string, now: Date, timeZone: string) {
  const { latitude, longitude } = place;
  return {
    id: place.id,
    // The sheet's own name need not be said twice.
    label: place.label === sheetName ? null : place.label,
    lines: [place.address, place.addressComplement, [place.postcode, place.city].filter(Boolean).join(' ')].filter(
      (line): line is string => Boolean(line)
    ),
    neighbourhood: place.neighbourhood,
    position: latitude === null || longitude === null ? null : `${latitude},${longitude}`,
    hours: place.openingHours ? hoursInWords(place.openingHours, now, timeZone) : null,
    accessibility: place.accessibility,
    accessibilityUrl: place.accessibilityUrl
  };
}

function serviceInWords(
  service: ServiceOfSheet,
  places: ReturnType<typeof placeInWords>[],
  now: Date,
  timeZone: string
) {
  const where = service.placeIds.flatMap((id) => {
    const place = places.find((each) => each.id === id);
    return place ? [place.label ?? place.lines[0] ?? ''] : [];
  });
  return {
    id: service.id,
    name: service.name,
    kind: service.kind && labelOf('serviceKind', service.kind),
    description: service.description,
    fees: service.fees && labelOf('fee', service.fees),
    feesDetails: service.feesDetails,
    publics: labelsOf('public', service.publics),
    publicsDetails: service.publicsDetails,
    conditions: service.conditions,
    reception: labelsOf('reception', service.receptionModes),
    ask: labelsOf('mobilization', service.mobilizationModes),
    askDetails: service.mobilizationDetails,
    askUrl: service.mobilizationUrl,
    forProfessionals: service.mobilizedBy.length === 1 && service.mobilizedBy[0] === 'professionnels',
    phone: phoneInWords(service.phone),
    email: service.email,
    hours: service.openingHours ? hoursInWords(service.openingHours, now, timeZone) : null,
    // Said only when there is a choice.
    where: places.length > 1 ? where : []
  };
}

export function postInWords(post: PostOfSheet, timeZone: string) {
  return {
    id: post.id,
    kind: post.kind,
    title: post.title,
    description: post.description,
    category: CATEGORY_WORDS[post.category]?.() ?? post.category,
    state: post.state,
    stateText: POST_STATE_WORDS[post.state](),
    outcome: post.outcome,
    expiresOn: formatLocalDate(post.expiresOn),
    postedOn: formatShortDate(post.postedAt, timeZone)
  };
}

export function phoneInWords(phone: string | null): { shown: string; dialled: string } | null {
  return phone === null ? null : { shown: displayPhone(phone), dialled: phone.replaceAll(/[^+\d]/g, '') };
}
