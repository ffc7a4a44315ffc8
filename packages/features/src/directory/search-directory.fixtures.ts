import type { Engine } from '@terreau/database/engine';
import { operatorContext } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { sql } from 'kysely';

/** An empty territory of its own for one test. */
export async function aTerritory(engine: Engine): Promise<Id> {
  const id = newId();
  await transaction(operatorContext(engine), 'prepare-territory', async (tx) => {
    await tx
      .insertInto('territory')
      .values({ id, slug: `t-${id}`, name: 'Valbrune' })
      .execute();
    return accept(null);
  });
  return id;
}

export interface SheetOfTest {
  readonly name: string;
  readonly acronym?: string;
  readonly description?: string;
  readonly status?: 'draft' | 'held' | 'published' | 'hidden';
  readonly themes?: string[];
  readonly publics?: string[];
  readonly services?: string[];
  readonly needs?: string[];
  readonly offers?: string[];
  readonly places?: readonly { latitude: number; longitude: number; neighbourhoodId?: Id; city?: string }[];
}

/** A published sheet, unless told otherwise. */
export async function anOrganization(engine: Engine, territoryId: Id, sheet: SheetOfTest): Promise<Id> {
  const id = newId();
  await transaction(operatorContext(engine), 'prepare-organization', async (tx) => {
    const { name, acronym, description, status = 'published', themes = [], publics = [] } = sheet;
    await tx
      .insertInto('organization')
      .values({ id, territory_id: territoryId, name, acronym, description, status, themes, publics })
      .execute();
    const owned = { territory_id: territoryId, organization_id: id };
    for (const service of sheet.services ?? [])
      await tx
        .insertInto('service')
        .values({ ...owned, name: service })
        .execute();
    for (const [kind, titles] of [
      ['need', sheet.needs],
      ['offer', sheet.offers]
    ] as const) {
      for (const title of titles ?? []) {
        await tx
          .insertInto('post')
          .values({ ...owned, kind, category: 'other', title, expires_on: sql`current_date + 30` })
          .execute();
      }
    }
    for (const { latitude, longitude, neighbourhoodId, city } of sheet.places ?? []) {
      await tx
        .insertInto('place')
        .values({ ...owned, latitude, longitude, city, neighbourhood_id: neighbourhoodId })
        .execute();
    }
    return accept(null);
  });
  return id;
}
