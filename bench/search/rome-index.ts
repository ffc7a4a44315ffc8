import { openEmbedded, type Engine } from '../../packages/database/src/engine.ts';
import { OPERATOR, VISITOR, type Context } from '../../packages/database/src/context.ts';
import { migrate } from '../../packages/database/src/migrate.ts';
import { transaction } from '../../packages/database/src/transaction.ts';
import { newId, type Id } from '../../packages/kernel/src/ids.ts';
import { accept } from '../../packages/kernel/src/verdict.ts';
import type { RomeSheet } from './rome-data.ts';

/** A directory in which each job sheet is an organisation and each name of the job one of its services. */
export interface RomeDirectory {
  readonly engine: Engine;
  readonly visitor: Context;
  readonly territoryId: Id;
  readonly codes: ReadonlyMap<Id, string>;
}

const ROWS_PER_STATEMENT = 500;

export async function fillDirectory(sheets: readonly RomeSheet[]): Promise<RomeDirectory> {
  const engine = await openEmbedded('memory');
  await migrate(engine);
  const context = { engine, now: new Date(), language: 'fr', requestId: newId() } as const;
  const territoryId = newId();
  const codes = new Map<Id, string>();
  const organizations = sheets.map((sheet) => {
    const id = newId();
    codes.set(id, sheet.code);
    return {
      id,
      territory_id: territoryId,
      name: sheet.title.slice(0, 200),
      description: sheet.text.slice(0, 10_000),
      status: 'published' as const
    };
  });
  const services = sheets.flatMap((sheet, index) =>
    sheet.names.map((name, position) => ({
      territory_id: territoryId,
      organization_id: organizations[index]!.id,
      name: name.long.slice(0, 200),
      position
    }))
  );
  await transaction({ ...context, actor: OPERATOR }, 'fill-directory', async (tx) => {
    await tx.insertInto('territory').values({ id: territoryId, slug: 'rome', name: 'ROME' }).execute();
    for (let at = 0; at < organizations.length; at += ROWS_PER_STATEMENT) {
      await tx
        .insertInto('organization')
        .values(organizations.slice(at, at + ROWS_PER_STATEMENT))
        .execute();
    }
    for (let at = 0; at < services.length; at += ROWS_PER_STATEMENT) {
      await tx
        .insertInto('service')
        .values(services.slice(at, at + ROWS_PER_STATEMENT))
        .execute();
    }
    return accept(null);
  });
  return { engine, visitor: { ...context, actor: VISITOR }, territoryId, codes };
}
