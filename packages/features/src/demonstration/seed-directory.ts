import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusMonths, type Instant } from '@terreau/kernel/instants';
import { neighbourhoodAt } from '../territories/draw-neighbourhoods.command.ts';
import type { AreaGeometry } from '../territories/geometry.rules.ts';
import type {
  Demonstration,
  DemonstrationOrganization,
  DemonstrationPost,
  DemonstrationSkill,
  LegalForm
} from './demonstration.ts';

export interface DirectorySeed {
  readonly territoryId: Id;
  readonly content: Demonstration;
  readonly neighbourhoods: ReadonlyMap<string, Id>;
  readonly outlines: readonly { id: Id; outline: AreaGeometry }[];
  readonly now: Instant;
}

const LEGAL_FORMS: Record<LegalForm, string> = {
  association: 'association',
  'informal-group': 'informal-group',
  cooperative: 'cooperative',
  company: 'company',
  mutual: 'mutual',
  foundation: 'foundation',
  'endowment-fund': 'foundation',
  'public-body': 'public-body',
  'town-service': 'public-body',
  school: 'public-body'
};

/** What the words of the demonstration are called in the directory. */
const POST_CATEGORIES: Record<DemonstrationPost['category'], string> = {
  room: 'room',
  equipment: 'equipment',
  skill: 'skill',
  volunteering: 'time',
  food: 'other',
  goods: 'equipment',
  transport: 'vehicle',
  placement: 'other',
  partnership: 'contact',
  other: 'other'
};

const POST_LIFETIME_DAYS = 120;

/** Writes the sheets, places, services, needs, offers and skills of the demonstration. Returns the ids by key. */
export async function insertDirectory(tx: Tx, seed: DirectorySeed): Promise<Map<string, Id>> {
  const sheets = seed.content.organizations.map((sheet) => ({
    sheet,
    id: newId(),
    placeIds: sheet.places.map(() => newId())
  }));
  const ids = new Map(sheets.map(({ sheet, id }) => [sheet.key, id]));
  // A merged sheet points to the one that absorbed it, which must stand first.
  for (const isMerged of [false, true]) {
    const rows = sheets
      .filter(({ sheet }) => Boolean(sheet.mergedInto) === isMerged)
      .map(({ sheet, id }) => sheetRow(seed, sheet, id, ids));
    await tx.insertInto('organization').values(rows).execute();
  }
  await tx
    .insertInto('place')
    .values(sheets.flatMap(({ sheet, id, placeIds }) => placeRows(seed, sheet, id, placeIds)))
    .execute();
  const services = sheets.flatMap(({ sheet, id, placeIds }) => serviceRows(seed, sheet, id, placeIds));
  await tx
    .insertInto('service')
    .values(services.map(({ row }) => row))
    .execute();
  const links = services.filter(({ placeId }) => placeId !== undefined);
  await tx
    .insertInto('service_place')
    .values(links.map(({ row, placeId }) => ({ service_id: row.id, place_id: placeId! })))
    .execute();
  await tx
    .insertInto('post')
    .values(sheets.flatMap(({ sheet, id }) => sheet.posts.map((post) => postRow(seed, post, id))))
    .execute();
  await tx
    .insertInto('merge')
    .values(sheets.filter(({ sheet }) => sheet.mergedInto).map(({ sheet, id }) => mergeRow(seed, sheet, id, ids)))
    .execute();
  for (const skill of seed.content.skills) await insertSkill(tx, seed, skill);
  return ids;
}

function sheetRow(seed: DirectorySeed, sheet: DemonstrationOrganization, id: Id, ids: ReadonlyMap<string, Id>) {
  const confirmedAt = plusDays(seed.now, -sheet.confirmation.confirmedDaysAgo);
  const isHeld = sheet.publication === 'held-for-moderation';
  return {
    id,
    territory_id: seed.territoryId,
    name: sheet.nameInOtherScript ? `${sheet.name} · ${sheet.nameInOtherScript.name}` : sheet.name,
    acronym: sheet.acronym ?? null,
    legal_form: LEGAL_FORMS[sheet.legalForm],
    siret: sheet.siret ?? null,
    rna: sheet.rna ?? null,
    description: sheet.description,
    description_en: sheet.descriptionEn ?? null,
    plain_description: sheet.plainDescription ?? null,
    website: sheet.website ?? null,
    email: sheet.email ?? null,
    phone: sheet.phone ?? null,
    themes: sheet.themes,
    publics: sheet.publics,
    networks: sheet.networks,
    status: isHeld ? 'held' : sheet.mergedInto ? 'merged' : 'published',
    status_reason: isHeld ? 'new-account' : null,
    merged_into: sheet.mergedInto ? ids.get(sheet.mergedInto)! : null,
    promise_months: sheet.confirmation.promiseMonths,
    confirmed_at: isHeld ? null : confirmedAt,
    stale_at: isHeld ? null : plusMonths(confirmedAt, sheet.confirmation.promiseMonths),
    created_at: plusDays(confirmedAt, -30),
    updated_at: confirmedAt,
    published_at: isHeld ? null : plusDays(confirmedAt, -30)
  };
}

function placeRows(seed: DirectorySeed, sheet: DemonstrationOrganization, organizationId: Id, placeIds: readonly Id[]) {
  return sheet.places.map((place, position) => ({
    id: placeIds[position]!,
    territory_id: seed.territoryId,
    organization_id: organizationId,
    label: place.name,
    address: place.address,
    address_complement: place.addressComplement ?? null,
    postcode: place.postcode,
    city: place.town,
    latitude: place.latitude,
    longitude: place.longitude,
    neighbourhood_id:
      neighbourhoodAt(seed.outlines, place.longitude, place.latitude) ?? seed.neighbourhoods.get(place.neighbourhood)!,
    opening_hours: place.openingHours ?? null,
    accessibility: place.accessibility ?? null,
    position
  }));
}

function serviceRows(
  seed: DirectorySeed,
  sheet: DemonstrationOrganization,
  organizationId: Id,
  placeIds: readonly Id[]
) {
  return sheet.services.map((service, position) => ({
    placeId: placeIds[service.place ?? 0],
    row: {
      id: newId(),
      territory_id: seed.territoryId,
      organization_id: organizationId,
      name: service.name,
      description: service.description,
      kind: service.type,
      themes: service.themes,
      publics: service.publics,
      conditions: service.accessConditions ?? null,
      fees: service.fee ?? null,
      fees_details: service.feeDetail ?? null,
      reception_modes: service.receptionModes,
      mobilization_modes: service.mobilizationModes,
      mobilized_by: service.mobilizableBy,
      opening_hours: service.openingHours ?? null,
      hours_per_week: service.hoursPerWeek ?? null,
      weeks_count: service.weeks ?? null,
      position
    }
  }));
}

function postRow(seed: DirectorySeed, post: DemonstrationPost, organizationId: Id) {
  const postedAt = plusDays(seed.now, -post.postedDaysAgo);
  const lifetimeDays =
    post.state === 'expired'
      ? Math.max(post.postedDaysAgo - 1, 1)
      : Math.max(POST_LIFETIME_DAYS, post.postedDaysAgo + 30);
  return {
    territory_id: seed.territoryId,
    organization_id: organizationId,
    kind: post.kind,
    category: POST_CATEGORIES[post.category],
    title: post.title,
    description: post.text,
    state: post.state,
    outcome: post.outcome ?? null,
    expires_on: localDate(plusDays(postedAt, lifetimeDays), seed.content.territory.timeZone),
    posted_at: postedAt,
    state_changed_at: postedAt
  };
}

function mergeRow(seed: DirectorySeed, sheet: DemonstrationOrganization, id: Id, ids: ReadonlyMap<string, Id>) {
  const mergedAt = plusDays(seed.now, -sheet.confirmation.confirmedDaysAgo);
  return {
    territory_id: seed.territoryId,
    kept_id: ids.get(sheet.mergedInto!)!,
    absorbed_id: id,
    moved: '{}',
    merged_at: mergedAt
  };
}

/** A skill needs a person and the consent that they gave: without it the row cannot exist. */
async function insertSkill(tx: Tx, seed: DirectorySeed, skill: DemonstrationSkill): Promise<void> {
  const { territoryId, now } = seed;
  const personId = newId();
  const consentId = newId();
  const firstName = skill.display.form === 'first-name' ? skill.display.firstName : null;
  const givenAt = plusDays(now, -skill.consent.givenDaysAgo);
  await tx
    .insertInto('person')
    .values({
      id: personId,
      territory_id: territoryId,
      display_name: firstName ?? 'Une personne de Valbrune',
      neighbourhood_id: seed.neighbourhoods.get(skill.neighbourhood)!,
      created_at: givenAt,
      last_contact_at: plusDays(now, -skill.confirmedDaysAgo)
    })
    .execute();
  await tx
    .insertInto('consent')
    .values({
      id: consentId,
      person_id: personId,
      territory_id: territoryId,
      purpose: 'show-skill',
      text_version: skill.consent.textVersion,
      channel: skill.consent.recordedBy === 'self' ? 'page' : 'oral',
      given_at: givenAt
    })
    .execute();
  await tx
    .insertInto('skill')
    .values({
      territory_id: territoryId,
      person_id: personId,
      consent_id: consentId,
      title: skill.title,
      description: `${skill.description}\n\n${skill.conditions}`,
      shown_as: firstName ? 'first-name' : 'anonymous',
      shown_name: firstName,
      visibility: 'public',
      created_at: givenAt
    })
    .execute();
}
