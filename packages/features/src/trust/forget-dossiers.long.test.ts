import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { plusMonths, type Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { seedDemonstration } from '../demonstration/seed-demonstration.command.ts';
import { must } from '../directory/directory.fixtures.ts';
import { applyRetention } from './apply-retention.command.ts';

const engine = await testDatabase();
const start = new Date();
/** Seeding a year and emptying forty dossiers waits for its turn on a busy machine. */
const LIMIT_MILLISECONDS = 180_000;
const night = async (now: Instant) =>
  must(await applyRetention(operatorContext(engine, now), { origin: 'https://terreau.example' }));
const read = <Row>(statement: ReturnType<typeof sql<Row>>) =>
  reading(operatorContext(engine), async (tx) => (await statement.execute(tx)).rows);

test(
  'three years after its last contact, a whole territory keeps no word of any dossier, in any table; hours stay counted',
  async () => {
    must(await seedDemonstration(operatorContext(engine, start), 'une-phrase-pour-les-essais-7'));
    const minutes = () =>
      read<{ minutes: number }>(sql`
      select sum(minutes)::int as minutes from note n join territory t on t.id = n.territory_id where t.slug = 'valbrune'`);
    const before = await minutes();
    await night(plusMonths(start, 30));
    const { counts } = await night(plusMonths(start, 36));
    expect(counts['dossiers-emptied']).toBe(40);
    expect(await minutes()).toEqual(before);
    expect(await wordsLeft()).toEqual([]);
  },
  LIMIT_MILLISECONDS
);

/** `table.column` of each text of a dossier that is not empty; codes, which the database holds to a list, aside. */
async function wordsLeft(): Promise<string[]> {
  const columns = await read<{ table: string; column: string }>(sql`
    select c.relname as table, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and format_type(a.atttypid, null) = 'text'
      and exists (select from pg_attribute d where d.attrelid = c.oid and d.attname = 'dossier_id' and not d.attisdropped)
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
        and a.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ '= ANY|~')
      -- What structures agreed to show stays until they take it back.
      and c.relname <> 'support_case'
      and (c.relname, a.attname) not in (('dossier_move', 'move'), ('dossier_move', 'from_state'), ('dossier_move', 'to_state'))`);
  const left: string[] = [];
  for (const { table, column } of columns) {
    const rows = await read(sql`
      select 1 from ${sql.table(table)} where dossier_id is not null and ${sql.ref(column)} <> '' limit 1`);
    if (rows.length > 0) left.push(`${table}.${column}`);
  }
  return left;
}
