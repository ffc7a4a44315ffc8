import type { Engine } from '@terreau/database/engine';

/** What marks private rows: long enough to stand nowhere by chance, short enough for every column. */
const MARK = 'zqx';
const CANARY = /zqx[0-9a-f]{12}q/g;
const CANARY_CHARACTERS = 16;

/** Codes that the program makes, whose list the database does not know; a word of somebody never stands there. */
const CODES = [
  'dossier.themes',
  'dossier.publics',
  'dossier_document.media_type',
  'dossier_move.move',
  'dossier_move.from_state',
  'dossier_move.to_state',
  'note.themes',
  'private_read.read_as',
  'private_read.what'
];
/** What the circle chose to show outside of it, agreed that others learn from, or wrote for whoever it asks to meet. */
const SHOWN_OUTSIDE = ['shared_project.%', 'support_case.%', 'introduction.words'];

export interface Canaries {
  /** `table.column` of each column in which canaries stand. */
  readonly columns: readonly string[];
  /** Tables of dossiers that hold words and of which no row could be marked: nothing would be proven of them. */
  readonly unmarked: readonly string[];
  /** The canaries in `text` that `reader` may not see, as `table.column`; `reader`: an account, or null for nobody. */
  strangersIn(text: string, reader: string | null): string[];
  /** The canaries of the reader's own dossiers in `text`, as `table.column`. */
  ownIn(text: string, reader: string | null): string[];
}

interface Planted {
  readonly column: string;
  readonly dossier: string;
}

/**
 * Writes a canary of its own in each column of words of each row of each table that has the id of a dossier, so that a
 * table which joins later is covered as well. Rows are those that are there: the caller fills the database first.
 */
export async function plantCanaries(engine: Engine): Promise<Canaries> {
  const known = new Map<string, Planted>();
  const columns: string[] = [];
  const unmarked: string[] = [];
  await engine.pool.query(MARK_WORDS);
  for (const { table, names } of await wordsOfDossiers(engine)) {
    const before = known.size;
    for (const { name, isArray } of names) {
      const marked = await mark(engine, table, name, isArray);
      if (marked.length > 0) columns.push(`${table}.${name}`);
      for (const { canary, dossier } of marked) known.set(canary, { column: `${table}.${name}`, dossier });
    }
    if (known.size === before) unmarked.push(table);
  }
  const circles = await circlesOf(engine);
  const found = (text: string, reader: string | null, wantsOwn: boolean) => [
    ...new Set(
      [...text.matchAll(CANARY)].flatMap(([canary]) => {
        const planted = known.get(canary);
        if (!planted) return [];
        const isOwn = reader !== null && (circles.get(planted.dossier)?.has(reader) ?? false);
        return isOwn === wantsOwn ? [planted.column] : [];
      })
    )
  ];
  return {
    columns,
    unmarked,
    strangersIn: (text, reader) => found(text, reader, false),
    ownIn: (text, reader) => found(text, reader, true)
  };
}

interface Worded {
  readonly table: string;
  readonly names: readonly { readonly name: string; readonly isArray: boolean }[];
}

/** Columns of words: texts which the database holds to no list and no form, and lists of them. */
async function wordsOfDossiers({ pool }: Engine): Promise<Worded[]> {
  const { rows } = await pool.query<Worded>(
    `
    select c.relname as table, json_agg(json_build_object(
        'name', a.attname, 'isArray', format_type(a.atttypid, null) = 'text[]') order by a.attnum) as names
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
      and format_type(a.atttypid, null) in ('text', 'text[]')
      and (c.relname = 'dossier' or exists (
        select from pg_attribute d where d.attrelid = c.oid and d.attname = 'dossier_id' and not d.attisdropped))
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
        and a.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ '= ANY|~')
      and not c.relname || '.' || a.attname = any ($1) and not c.relname || '.' || a.attname like any ($2)
    group by c.relname order by c.relname`,
    [CODES, SHOWN_OUTSIDE]
  );
  return rows;
}

/** Marks each row that may hold words in that column; the ones that hold some already, where a rule asks for emptiness. */
async function mark(engine: Engine, table: string, name: string, isArray: boolean) {
  const dossier = table === 'dossier' ? 'id' : 'dossier_id';
  const canary = `'${MARK}' || substr(md5(random()::text || ctid::text || '${table}.${name}'), 1, 12) || 'q'`;
  const shown = isArray ? `"${name}"[1]` : `"${name}"`;
  // A text of one word is a code of the program's: it stays, and so do those that miss where such codes stand.
  const isWords = isArray ? 'true' : `"${name}" ~ '\\s'`;
  const mayBeCode = isArray ? 'false' : `exists (select from "${table}" where "${name}" ~ '^\\S+$')`;
  const ifAbsent = `("${name}" is null and not ${mayBeCode})`;
  for (const which of [`(${isWords} or ${ifAbsent})`, isWords]) {
    const { rows } = await engine.pool.query<{ canary: string; dossier: string }>(
      `select * from pg_temp.mark_words($mark$
         update "${table}" set "${name}" = ${isArray ? `array[${canary}]` : canary}
         where "${dossier}" is not null and ${which} returning ${shown}, "${dossier}" $mark$)`
    );
    if (rows.length > 0) return rows.filter((row) => row.canary.length === CANARY_CHARACTERS);
  }
  return [];
}

/** A rule between columns, or a row that no longer changes: nothing is marked. Caught there, so that no error is left in the connection. */
const MARK_WORDS = `
  create function pg_temp.mark_words(statement text) returns table (canary text, dossier uuid) language plpgsql as $$
  begin
    return query execute statement;
  exception when check_violation or unique_violation or raise_exception then return;
  end $$`;

/** Who may read each dossier: those who are in its circle, or left it and still read. */
async function circlesOf({ pool }: Engine): Promise<Map<string, Set<string>>> {
  const { rows } = await pool.query<{ dossier_id: string; account_id: string }>(
    'select dossier_id, account_id from dossier_member where account_id is not null and (left_at is null or reads_until > now())'
  );
  const circles = new Map<string, Set<string>>();
  for (const { dossier_id, account_id } of rows) {
    circles.set(dossier_id, (circles.get(dossier_id) ?? new Set()).add(account_id));
  }
  return circles;
}
