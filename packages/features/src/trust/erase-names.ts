import type { Tx } from '@terreau/database/transaction';
import { sql } from 'kysely';
import type { PersonalSubject } from './personal-subject.ts';

/** A name shorter than this stands in too many texts to mean this person. */
export const NAME_SOUGHT_MIN_CHARACTERS = 3;

/**
 * Takes the names and addresses of `subject` out of whatever was written in the dossiers that stay with others, in every
 * table that has the id of a dossier: a table that joins later is looked at as well. Three signs stand for a name: no text
 * becomes too short for its column, nor too long.
 */
export async function eraseNamesInDossiers(tx: Tx, subject: PersonalSubject): Promise<void> {
  const names = [...subject.names, ...subject.proven].filter((one) => one.length >= NAME_SOUGHT_MIN_CHARACTERS);
  if (subject.dossiers.length === 0 || names.length === 0) return;
  // Whole words only: "Ali" does not stand in "qualité".
  const sought = names.map((name) => name.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|');
  const pattern = `(?<![[:alnum:]])(?:${sought})(?![[:alnum:]])`;
  for (const { table, columns } of await wordsOfDossiers(tx)) {
    const cleaned = columns.map(({ name, type }) => sql`${sql.ref(name)} = ${CLEANED[type](name, pattern)}`);
    const holds = columns.map(({ name }) => sql`${sql.ref(name)}::text ~* ${pattern}`);
    await sql`update ${sql.table(table)} set ${sql.join(cleaned)}
      where ${sql.ref(table === 'dossier' ? 'id' : 'dossier_id')} = any(${subject.dossiers}::uuid[])
        and (${sql.join(holds, sql` or `)})`.execute(tx);
  }
}

const CLEANED = {
  text: (name: string, pattern: string) => sql`regexp_replace(${sql.ref(name)}, ${pattern}, '[…]', 'gi')`,
  'text[]': (name: string, pattern: string) =>
    sql`array(select regexp_replace(one, ${pattern}, '[…]', 'gi') from unnest(${sql.ref(name)}) as one)`,
  jsonb: (name: string, pattern: string) => sql`regexp_replace(${sql.ref(name)}::text, ${pattern}, '[…]', 'gi')::jsonb`
} as const;

interface Worded {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: keyof typeof CLEANED }[];
}

/** The columns of dossiers in which people write: texts, but for codes, which the database holds to a list or a form. */
async function wordsOfDossiers(tx: Tx): Promise<Worded[]> {
  const { rows } = await sql<Worded>`
    select c.relname as table, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null))) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
      and format_type(a.atttypid, null) in ('text', 'text[]', 'jsonb')
      and (c.relname = 'dossier' or exists (
        select from pg_attribute d where d.attrelid = c.oid and d.attname = 'dossier_id' and not d.attisdropped))
      and not exists (
        select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)
          and pg_get_constraintdef(k.oid) ~ '= ANY|~')
    group by c.relname order by c.relname`.execute(tx);
  return rows;
}
