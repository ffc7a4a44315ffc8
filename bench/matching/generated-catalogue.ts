import type { Engine } from '../../packages/database/src/engine.ts';
import { DRAW, lexicon, TRADE } from '../search/generated.ts';
import type { Id } from '../../packages/kernel/src/ids.ts';

/** The words of which titles are made, and in which projects are told. */
export const WORDS_OF_PROJECTS = TRADE;

const ROWS_PER_STATEMENT = 2000;

/** A catalogue of one territory, always the same for a size: kinds, themes, conditions and places drawn by a hash of their number. */
export async function generateCatalogue(engine: Engine, territoryId: Id, supports: number) {
  const started = performance.now();
  const run = (text: string, values: unknown[] = []) => engine.pool.query(text, values);
  await run('create table bench_word (id integer primary key, word text not null)');
  await run('insert into bench_word select row_number() over (), word from unnest($1::text[]) as word', [lexicon()]);
  await run(
    'create table bench_theme as select row_number() over (order by code) as id, code from search_label where code like $1',
    ['%--%']
  );
  await run('analyze bench_word');
  await run(DRAW);
  await run(`insert into territory (id, slug, name) values ($1, 'bench', 'Bench')`, [territoryId]);
  await run(
    `insert into territory_area (territory_id, kind, code, name) values ($1, 'commune', '34172', 'Montpellier')`,
    [territoryId]
  );
  await run('alter table support disable trigger user');
  const each = async (text: string, values: unknown[]) => {
    for (let from = 1; from <= supports; from += ROWS_PER_STATEMENT)
      await run(text, [...values, from, Math.min(supports, from + ROWS_PER_STATEMENT - 1)]);
  };
  await each(SUPPORTS, [territoryId]);
  await run('alter table support enable trigger user');
  const loaded = performance.now();
  await run('drop index search_document_found');
  await each(
    'select search_refresh_supports(array(select bench_id(n) from generate_series($1::int, $2::int) as n))',
    []
  );
  await run('create index search_document_found on search_document using gin (terms, marks) with (fastupdate = off)');
  await run('vacuum analyze');
  return { load_s: seconds(started, loaded), index_s: seconds(loaded, performance.now()) };
}

/** Two thirds serve the whole territory, the others a commune, the département, a circle or the country. */
const SUPPORTS = `
  insert into support (id, territory_id, kind, title, summary, themes, publics, legal_forms, min_age_months, scope_kind,
    scope_codes, latitude, longitude, radius_metres, closes_on, checked_on, capacity)
  select bench_id(n), $1,
    (array['service', 'service', 'service', 'room', 'equipment', 'training', 'person', 'funding', 'information'])[1 + n % 9],
    initcap(bench_text(n, 0, 3 + n % 3)), bench_text(n, 100, 15 + n % 20),
    array(select code from bench_theme where id in (1 + floor(69 * power(bench_share(n, 50), 1.7))::int, 1 + floor(69 * power(bench_share(n, 51), 1.7))::int)),
    case when n % 5 < 3 then '{}' else array['jeunes'] end,
    case when n % 5 = 0 then array['association'] else '{}' end,
    case when n % 10 = 0 then 12 end,
    scope, case scope when 'commune' then array['34172'] when 'departement' then array[lpad((1 + n % 95)::text, 2, '0')] else '{}' end,
    43.3 + bench_share(n, 900) * 0.7, 3.4 + bench_share(n, 901) * 0.9,
    case scope when 'circle' then 5000 + n % 30000 end,
    case when n % 6 = 0 then current_date + (n % 400 - 60) end, current_date - n % 400, case when n % 3 = 0 then 1 + n % 8 end
  from generate_series($2::int, $3::int) as n
  cross join lateral (select (array['territory', 'territory', 'territory', 'territory', 'commune', 'departement', 'circle', 'national'])[1 + (n / 9) % 8] as scope) as s`;

function seconds(from: number, to: number): number {
  return Math.round((to - from) / 100) / 10;
}
