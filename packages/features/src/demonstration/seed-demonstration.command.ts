import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { hashPassword } from 'better-auth/crypto';
import { outlinesOf } from '../territories/draw-neighbourhoods.command.ts';
import { demonstration, type Demonstration } from './demonstration.ts';
import { insertCoordinationWork } from './seed-coordination-work.ts';
import { insertAppointments } from './seed-appointments.ts';
import { insertDirectory } from './seed-directory.ts';
import { insertBudgets } from './seed-budgets.ts';
import { insertDossiers } from './seed-dossiers.ts';
import { insertDiagnoses } from './seed-diagnoses.ts';
import { insertCommittees } from './seed-committees.ts';
import { insertExperts } from './seed-experts.ts';
import { insertJourneys } from './seed-journeys.ts';
import { insertKeyFigures } from './seed-figures.ts';
import { insertPlans } from './seed-plans.ts';
import { insertMeetings } from './seed-meetings.ts';
import { insertMemory } from './seed-memory.ts';
import { insertReports } from './seed-reports.ts';
import { insertRequests } from './seed-requests.ts';
import { insertSupports } from './seed-supports.ts';
import { insertTalk } from './seed-talk.ts';

export interface SeededAccount {
  readonly email: string;
  readonly title: string;
}

/** What the demonstration holds once it is made: the address of its territory and the accounts that may be tried. */
export interface Seeded {
  readonly slug: string;
  readonly accounts: readonly SeededAccount[];
}

/**
 * Makes the demonstration territory, Valbrune, on a platform where it does not stand yet. All its accounts have
 * the password given; nothing else on the platform is touched. Dates are counted back from `ctx.now`. `origin` is the
 * public address of the site, for the links of the messages that wait; without `files` the dossiers hold no document.
 */
export async function seedDemonstration(
  ctx: Context,
  password: string,
  origin = 'http://localhost:3000',
  files: FileStore | null = null
): Promise<Verdict<Seeded, 'not-found' | 'already-there'>> {
  if (!ctx.actor.isOperator) return refuse('not-found');
  const content = demonstration();
  if (await stands(ctx, content.territory.slug)) return refuse('already-there');
  const passwordHash = await hashPassword(password);
  return transaction(ctx, 'seed-demonstration', async (tx, ledger) => {
    const territoryId = await insertTerritory(tx, content, ctx.now);
    const neighbourhoods = await insertAreas(tx, territoryId, content);
    await insertFigures(tx, territoryId, content, neighbourhoods);
    const organizations = await insertDirectory(tx, {
      territoryId,
      content,
      neighbourhoods,
      outlines: await outlinesOf(tx, territoryId),
      now: ctx.now
    });
    const accounts = await insertAccounts(tx, content, passwordHash, ctx.now);
    await insertRoles(tx, territoryId, content, accounts, organizations, ctx.now);
    const checker = content.accounts.find(({ roles }) => roles.some(({ role }) => role === 'facilitator'))!;
    await insertSupports(tx, ctx, {
      territoryId,
      supports: content.supports,
      neighbourhoods,
      checkerId: accounts.get(checker.key)!,
      timeZone: content.territory.timeZone
    });
    await insertRequests(tx, ctx, ledger, {
      territoryId,
      neighbourhoods,
      organizations,
      accounts,
      answerWithinWorkingDays: content.territory.settings.answerWithinWorkingDays,
      origin
    });
    const dossierSeed = {
      territoryId,
      organizations,
      accounts,
      timeZone: content.territory.timeZone
    };
    await insertDossiers(tx, ctx, dossierSeed);
    await insertKeyFigures(tx, ctx, dossierSeed);
    await insertPlans(tx, ctx, dossierSeed);
    await insertDiagnoses(tx, ctx, dossierSeed);
    await insertBudgets(tx, ctx, dossierSeed);
    await insertExperts(tx, ctx, dossierSeed);
    await insertCommittees(tx, ctx, dossierSeed);
    await insertCoordinationWork(tx, ctx, {
      territoryId,
      neighbourhoods,
      accounts,
      timeZone: content.territory.timeZone
    });
    await insertTalk(tx, ctx, dossierSeed, files);
    await insertMeetings(tx, ctx, {
      territoryId,
      organizations,
      neighbourhoods,
      timeZone: content.territory.timeZone
    });
    await insertJourneys(tx, ctx, { ...dossierSeed, neighbourhoods });
    await insertMemory(tx, ctx, territoryId);
    await insertReports(tx, ctx, { ...dossierSeed, neighbourhoods });
    await insertAppointments(tx, ctx, ledger, dossierSeed, origin);
    ledger.about('territory', territoryId, territoryId);
    return accept({
      slug: content.territory.slug,
      accounts: content.accounts.map(({ email, title }) => ({ email, title }))
    });
  });
}

async function stands(ctx: Context, slug: string): Promise<boolean> {
  const row = await ctx.engine.db.selectFrom('territory').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined;
}

async function insertTerritory(tx: Tx, { territory }: Demonstration, now: Date): Promise<Id> {
  const id = newId(now.getTime());
  await tx
    .insertInto('territory')
    .values({
      id,
      slug: territory.slug,
      name: territory.name,
      description: territory.description,
      description_en: territory.descriptionEn,
      plain_description: territory.plainDescription,
      time_zone: territory.timeZone,
      languages: territory.settings.languages,
      latitude: territory.centre.latitude,
      longitude: territory.centre.longitude,
      is_demonstration: true,
      opened_at: now,
      created_at: now
    })
    .execute();
  await tx
    .insertInto('territory_area')
    .values({
      territory_id: id,
      kind: 'fictional',
      code: territory.postcode,
      name: territory.name,
      population: territory.population
    })
    .execute();
  const settings = {
    contact: territory.settings.contact,
    'answer-within-working-days': territory.settings.answerWithinWorkingDays,
    'local-words': territory.localWords,
    'answers-are-public': true
  };
  await tx
    .insertInto('territory_setting')
    .values(
      Object.entries(settings).map(([key, value]) => ({
        territory_id: id,
        key,
        value: JSON.stringify(value),
        set_at: now
      }))
    )
    .execute();
  return id;
}

async function insertAreas(tx: Tx, territoryId: Id, content: Demonstration): Promise<Map<string, Id>> {
  const source = 'Contours fictifs de démonstration';
  const ids = new Map<string, Id>();
  for (const [position, { properties, geometry }] of content.neighbourhoods.features.entries()) {
    const id = newId();
    ids.set(properties.key, id);
    await tx
      .insertInto('neighbourhood')
      .values({
        id,
        territory_id: territoryId,
        slug: properties.key,
        name: properties.name,
        outline: JSON.stringify(geometry),
        source,
        position
      })
      .execute();
  }
  for (const { properties, geometry } of content.priorityNeighbourhoods.features) {
    await tx
      .insertInto('priority_neighbourhood')
      .values({
        territory_id: territoryId,
        code: properties.code,
        name: properties.name,
        vintage: properties.vintage,
        outline: JSON.stringify(geometry),
        source
      })
      .execute();
  }
  return ids;
}

async function insertFigures(
  tx: Tx,
  territoryId: Id,
  { portrait }: Demonstration,
  neighbourhoods: Map<string, Id>
): Promise<void> {
  const rows = portrait.figures.map((figure) => {
    const position = portrait.indicators.findIndex((indicator) => indicator.key === figure.indicator);
    const indicator = portrait.indicators[position]!;
    return {
      territory_id: territoryId,
      neighbourhood_id: neighbourhoods.get(figure.area) ?? null,
      code: figure.indicator,
      label_fr: indicator.label,
      label_en: indicator.labelEn,
      definition: indicator.definition,
      definition_en: indicator.definitionEn,
      value: figure.value,
      unit: indicator.unit,
      denominator_label: indicator.denominator,
      denominator_label_en: indicator.denominatorEn,
      numerator_count: figure.numerator ?? null,
      denominator_count: figure.denominator ?? null,
      missing_reason: figure.missingReason ?? null,
      missing_note: figure.missingNote ?? null,
      missing_note_en: figure.missingNoteEn ?? null,
      source: figure.source,
      source_date: figure.sourceDate,
      as_of: String(figure.year),
      position
    };
  });
  await tx.insertInto('figure').values(rows).execute();
}

/** All with one password, hashed once: hashing it for each would take longer than everything else. */
async function insertAccounts(
  tx: Tx,
  content: Demonstration,
  passwordHash: string,
  now: Date
): Promise<Map<string, Id>> {
  const ids = new Map(content.accounts.map(({ key }) => [key, newId()]));
  const createdAt = plusDays(now, -90);
  await tx
    .insertInto('account')
    .values(
      content.accounts.map(({ key, email, firstName, language }) => ({
        id: ids.get(key)!,
        name: firstName,
        email,
        email_verified: true,
        language,
        trust: 'verified',
        created_at: createdAt
      }))
    )
    .execute();
  await tx
    .insertInto('credential')
    .values(
      [...ids.values()].map((id) => ({
        account_id: id,
        provider_id: 'credential',
        provider_account_id: id,
        password: passwordHash
      }))
    )
    .execute();
  return ids;
}

async function insertRoles(
  tx: Tx,
  territoryId: Id,
  content: Demonstration,
  accounts: Map<string, Id>,
  organizations: Map<string, Id>,
  now: Date
): Promise<void> {
  const grants = content.accounts.flatMap(({ key, roles }) =>
    roles.map(({ role, organization }) => {
      const isMember = role === 'organization-member' || role === 'organization-manager';
      return {
        account_id: accounts.get(key)!,
        role,
        territory_id: role === 'platform-administrator' ? null : territoryId,
        organization_id: isMember && organization ? organizations.get(organization)! : null,
        granted_at: plusDays(now, -90)
      };
    })
  );
  await tx.insertInto('role_grant').values(grants).execute();
}
