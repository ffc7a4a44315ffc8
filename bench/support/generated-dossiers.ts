import type { Engine } from '../../packages/database/src/engine.ts';
import { newId, type Id } from '../../packages/kernel/src/ids.ts';

/** What one facilitator follows. Their colleagues, of whom nothing may be seen, follow as much. */
export interface Portfolio {
  readonly dossiers: number;
  readonly notes: number;
  readonly colleagues: number;
}

export interface Planted {
  readonly slug: string;
  readonly email: string;
  readonly dossierIds: readonly Id[];
}

const SLUG = 'bench';
const REQUESTS = 200;
const PROMISES = 60;

/** A territory whose facilitators each have their dossiers, circles, moves and notes; always the same for a size. */
export async function plantPortfolio(
  owner: Engine,
  passwordHash: string,
  { dossiers, notes, colleagues }: Portfolio
): Promise<Planted> {
  const run = (text: string, values: unknown[] = []) => owner.pool.query(text, values);
  const territoryId = newId();
  await run(`insert into territory (id, slug, name) values ($1, $2, 'Bench')`, [territoryId, SLUG]);
  const accounts = Array.from({ length: colleagues + 1 }, (_, n) => ({
    id: newId(),
    email: `facilitator-${n}@example.org`
  }));
  for (const { id, email } of accounts) {
    await run(`insert into account (id, name, email, email_verified, trust) values ($1, $2, $2, true, 'verified')`, [
      id,
      email
    ]);
    await run(
      `insert into credential (account_id, provider_id, provider_account_id, password) values ($1, 'credential', $1::uuid::text, $2)`,
      [id, passwordHash]
    );
    await run(`insert into role_grant (account_id, role, territory_id) values ($1, 'facilitator', $2)`, [
      id,
      territoryId
    ]);
    await run(DOSSIERS, [territoryId, id, dossiers]);
    await run(CARRIERS, [territoryId, id]);
    await run(CIRCLES, [territoryId, id]);
    await run(MOVES, [territoryId, id]);
    await run(NOTES, [territoryId, id, notes, dossiers]);
  }
  await run(PARTICIPANTS, [territoryId]);
  await run(REQUESTS_WAITING, [territoryId, REQUESTS]);
  await run(CALLS, [territoryId, accounts[0]!.id, PROMISES]);
  await run('vacuum analyze');
  const { rows } = await run('select id from dossier where opened_by = $1 order by id', [accounts[0]!.id]);
  return { slug: SLUG, email: accounts[0]!.email, dossierIds: rows.map((row: { id: Id }) => row.id) };
}

const DOSSIERS = `
  insert into dossier (territory_id, kind, title, state, state_changed_at, step, next_contact_on, opened_by, opened_at)
  select $1::uuid, 'project', 'Projet n° ' || n || ' du facilitateur', (array['accepted', 'diagnosis', 'under-way', 'review'])[1 + n % 4],
    now() - make_interval(days => n % 300), n % 9, current_date + (n % 60 - 20), $2::uuid, now() - make_interval(days => 300 + n % 400)
  from generate_series(1, $3::int) as n`;

const CARRIERS = `
  insert into person (territory_id, display_name, phone, entered_by)
  select $1::uuid, 'Porteuse ' || row_number() over (order by id), '+33639980000', $2::uuid from dossier where opened_by = $2::uuid`;

const CIRCLES = `
  with own as (select id, row_number() over (order by id) as n from dossier where opened_by = $2::uuid),
    carrier as (select id, row_number() over (order by id) as n from person where entered_by = $2::uuid)
  insert into dossier_member (dossier_id, territory_id, role, account_id, person_id, added_by)
  select own.id, $1::uuid, 'facilitator', $2::uuid, null, $2::uuid from own
  union all select own.id, $1::uuid, 'carrier', null, carrier.id, $2::uuid from own join carrier using (n)`;

const MOVES = `
  insert into dossier_move (dossier_id, territory_id, move, from_state, to_state, moved_by, moved_as, moved_at)
  select d.id, $1::uuid, 'orient', 'requested', 'orienting', $2::uuid, 'facilitator', d.opened_at + make_interval(days => m)
  from dossier d cross join generate_series(1, 6) as m where d.opened_by = $2::uuid`;

const NOTES = `
  with own as (select id, row_number() over (order by id) as n from dossier where opened_by = $2::uuid)
  insert into note (dossier_id, territory_id, client_id, happened_on, minutes, kind, place, done, decided, to_do, written_by, written_at, received_at)
  select own.id, $1::uuid, gen_random_uuid(), current_date - (k % 700), 15 + k % 90, (array['meeting', 'visit', 'call', 'message'])[1 + k % 4],
    'Au local', repeat('Ce qui a été fait ce jour-là, en deux phrases. ', 4), 'Ce que nous avons décidé ensemble.',
    'Ce qui reste à faire avant la prochaine fois.', $2::uuid, now() - make_interval(days => k % 700), now()
  from generate_series(1, $3::int) as k join own on own.n = 1 + k % $4::int`;

const PARTICIPANTS = `
  insert into note_participant (note_id, dossier_id, territory_id, member_id)
  select n.id, n.dossier_id, $1::uuid, m.id from note n join dossier_member m on m.dossier_id = n.dossier_id and m.role = 'carrier'`;

const REQUESTS_WAITING = `
  with person_asking as (
    insert into person (territory_id, display_name, phone) select $1::uuid, 'Qui demande ' || n, '+33639980001'
    from generate_series(1, $2::int) as n returning id)
  insert into request (territory_id, door, person_id, sentence, state, channel, submitted_at, answer_due_at)
  select $1::uuid, 'idea', id, 'Une idée pour le quartier', 'open', 'page', now() - interval '2 days', now() + interval '3 days'
  from person_asking`;

const CALLS = `
  insert into promised_contact (territory_id, dossier_id, kind, promised_on, promised_by)
  select $1::uuid, id, 'call', current_date - 1, $2::uuid from dossier where opened_by = $2::uuid order by id limit $3`;
