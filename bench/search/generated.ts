import type { Engine } from '../../packages/database/src/engine.ts';
import type { Id } from '../../packages/kernel/src/ids.ts';

/**
 * A generated directory, always the same for a size: names, words and places drawn by a hash of their number.
 * Words follow a steep curve as those of a language do: 180 words of the trade at its head, then 20,000 names of people and streets.
 */
export async function generateDirectory(engine: Engine, territoryId: Id, organizations: number): Promise<Load> {
  const started = performance.now();
  const run = (text: string, values: unknown[] = []) => engine.pool.query(text, values);
  await run('create table bench_word (id integer primary key, word text not null)');
  await run('insert into bench_word select row_number() over (), word from unnest($1::text[]) as word', [lexicon()]);
  await run('analyze bench_word');
  await run(DRAW);
  await run(`insert into territory (id, slug, name) values ($1, 'bench', 'Bench')`, [territoryId]);
  for (const table of ['organization', 'place', 'service']) await run(`alter table ${table} disable trigger user`);
  for (let from = 1; from <= organizations; from += ROWS_PER_STATEMENT) {
    await run(ORGANIZATIONS, [territoryId, from, Math.min(organizations, from + ROWS_PER_STATEMENT - 1)]);
  }
  for (const table of ['organization', 'place', 'service']) await run(`alter table ${table} enable trigger user`);
  const loaded = performance.now();
  // Without statistics the planner would read whole tables for each sheet.
  await run('analyze');
  await run('drop index search_document_found');
  for (let from = 1; from <= organizations; from += ROWS_PER_STATEMENT) {
    await run(`select search_refresh(array(select bench_id(n) from generate_series($1::int, $2::int) as n))`, [
      from,
      Math.min(organizations, from + ROWS_PER_STATEMENT - 1)
    ]);
  }
  await run('create index search_document_found on search_document using gin (terms, marks) with (fastupdate = off)');
  await run('analyze');
  const load: Load = { load_s: seconds(started, loaded), index_s: seconds(loaded, performance.now()) };
  await run('create table bench_load as select $1::uuid as territory_id, $2::int as organizations, $3::jsonb as load', [
    territoryId,
    organizations,
    JSON.stringify(load)
  ]);
  return load;
}

/** Seconds to write the rows, and to index them all. */
interface Load {
  readonly load_s: number;
  readonly index_s: number;
}

/** The directory that an earlier run generated in this database, if any. */
export async function findGenerated(
  engine: Engine
): Promise<{ territoryId: Id; organizations: number; load: Load } | undefined> {
  const { rows: tables } = await engine.pool.query(`select from pg_tables where tablename = 'bench_load'`);
  if (tables.length === 0) return undefined;
  const { rows } = await engine.pool.query<{ territoryId: Id; organizations: number; load: Load }>(
    'select territory_id as "territoryId", organizations, load from bench_load'
  );
  return rows[0];
}

const ROWS_PER_STATEMENT = 10_000;

export const DRAW = `
  create function bench_id(n integer) returns uuid language sql immutable as
    $$ select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
  create function bench_share(n integer, salt integer) returns double precision language sql immutable as
    $$ select (hashint8(n::bigint * 1000 + salt) & 1048575) / 1048576.0 $$;
  create function bench_text(n integer, salt integer, words integer) returns text language sql stable as $$
    select string_agg((select w.word from bench_word w where w.id = 1 + floor(20180 * power(bench_share(n, salt + i), 3))::int), ' ' order by i)
    from generate_series(1, words) as i $$;`;

const ORGANIZATIONS = `
  with numbers as (select n, bench_id(n) as id from generate_series($2::int, $3::int) as n),
  sheets as (
    insert into organization (id, territory_id, name, description, status, themes, confirmed_at)
    select id, $1, initcap(bench_text(n, 0, 3 + n % 3)), bench_text(n, 100, 15 + n % 20), 'published',
      array[(select code from search_label order by code offset n % 69 limit 1)], now()
    from numbers),
  places as (
    insert into place (territory_id, organization_id, city, latitude, longitude)
    select $1, id, 'Valbrune', 43 + bench_share(n, 900) * 5, 1 + bench_share(n, 901) * 5 from numbers)
  insert into service (territory_id, organization_id, name)
  select $1, id, bench_text(n, 200 + 10 * s, 4) from numbers cross join generate_series(1, 2) as s where s <= 1 + n % 2`;

export const TRADE =
  'association maison atelier centre quartier amis comité club collectif école aide jeunes famille enfants parents femmes seniors culture sport musique théâtre danse couture cuisine jardin partage vélo réparation numérique informatique emploi formation insertion logement santé accueil écoute droit accès social solidaire solidarité alimentaire épicerie repas distribution vêtements recyclerie ressourcerie environnement nature compost énergie mobilité transport garage permis langue français alphabétisation lecture écriture bibliothèque médiathèque ludothèque jeux fête animation loisirs séjours vacances football judo boxe basket natation randonnée yoga gymnastique peinture dessin sculpture photo cinéma radio presse mémoire patrimoine histoire citoyen citoyenne habitants locataires copropriété conseil syndical médiation prévention justice victimes violences handicap autonomie aidants répit soins psychologie addictions maternité crèche garde périscolaire devoirs soutien scolaire collège lycée étudiants apprentissage alternance métiers artisans entreprise création coopérative économie finance budget dettes épargne microcrédit subvention bénévole bénévolat mécénat don collecte fonds salle local prêt matériel outils véhicule sonorisation répétition studio scène festival exposition galerie fabrique tiers-lieu coworking internet ordinateur téléphone administratif démarches papiers écrivain public interprète traduction asile réfugiés migrants accompagnement hébergement urgence maraude hygiène douche laverie'.split(
    ' '
  );
const SYLLABLES =
  'ba ban bel ber bou bra cha chi cor dan del dou du fa fer fon ga gar gi gui ha ja jo la lan le lin lo ma mar mi mon na no or pa per pi ra ri ro sa ser so ta ti tou va vi vol'.split(
    ' '
  );
const PROPER_NAMES = 20_000;

export function lexicon(): string[] {
  const names = Array.from({ length: PROPER_NAMES }, (_, n) => {
    const part = (k: number) => SYLLABLES[Math.floor(n / SYLLABLES.length ** k) % SYLLABLES.length]!;
    return `${part(0)}${part(1)}${part(2)}${['', 'ne', 't', 'lle', 'c', 'rd'][n % 6]}`;
  });
  return [...TRADE, ...names].slice(0, 20_180);
}

/** Queries as people type them, drawn from the generated sheets: names, two words of the trade, beginnings, errors of typing. */
export async function generateQueries(engine: Engine, organizations: number, count: number): Promise<string[]> {
  const { rows } = await engine.pool.query<{ name: string }>(
    'select name from organization where id in (select bench_id(1 + (n * 7919) % $1::int) from generate_series(1, $2::int) as n) order by id',
    [organizations, count]
  );
  return rows.map(({ name }, n) => {
    if (n % 10 < 4) return name;
    if (n % 10 < 7) return `${TRADE[(n * 13) % TRADE.length]} ${TRADE[(n * 29) % TRADE.length]}`;
    const word = name.split(' ').sort((a, b) => b.length - a.length)[0]!;
    if (n % 10 < 9) return word.slice(0, Math.max(3, word.length - 3));
    return word.slice(0, 2) + word.slice(3);
  });
}

function seconds(from: number, to: number): number {
  return Math.round((to - from) / 100) / 10;
}
