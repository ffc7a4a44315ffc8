-- The catalogue of supports keeps itself: a service of a published organisation, a skill whose person agreed, an open
-- offer of a room, of equipment or of a vehicle stand in it without anybody typing them twice, and leave with their source.
-- It rides on what the search already does (0005): at the commit of whatever touched a sheet, once for all its rows.

alter table support
  -- data·inclusion: gratuit, payant; null is not said.
  add column fees text check (fees in ('gratuit', 'payant')),
  add column neighbourhood_id uuid references neighbourhood on delete set null,
  -- Where it happens, as one says it: an address, a room.
  add column place_words text check (length(place_words) <= 300),
  -- Since when nobody confirms the sheet of the organisation that it follows.
  add column dormant_on date,
  add column status_changed_at timestamptz not null default now(),
  -- The last day on which it is proposed; null: no end. A funding sheet is believed 90 days after somebody looked at its
  -- source, and one that nobody looked at is not. Past that day it is greyed, says so, and stays out of orientation.
  add column proposed_until date generated always as (least(
    closes_on, dormant_on - 1,
    case when kind = 'funding' then coalesce(checked_on + 90, date '0001-01-01') end)) stored;
create index support_neighbourhood on support (neighbourhood_id) where neighbourhood_id is not null;
create index support_withdrawn on support (status_changed_at) where status = 'withdrawn';
-- The open interface reads a territory in the order of ids.
create index support_made on support (territory_id, id);

create function support_status_dated() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status then new.status_changed_at := now(); end if;
  return new;
end $$;
create trigger support_status_dated before update on support for each row execute function support_status_dated();

-- For whom, told from the codes of a service: all communes, EPCI or départements, or the whole country; a mixture cannot
-- be said by one kind of scope, and then asks for nothing more than the territory.
create function support_scope(codes text[]) returns text language sql immutable parallel safe as $$
  select case
    when cardinality(codes) = 0 then 'territory'
    when 'france' = any (codes) then 'national'
    when not exists (select from unnest(codes) as c where c !~ '^\d[0-9AB]\d{3}$') then 'commune'
    when not exists (select from unnest(codes) as c where c !~ '^\d{9}$') then 'epci'
    when not exists (select from unnest(codes) as c where c !~ '^(\d[0-9AB]|97\d)$') then 'departement'
    else 'territory' end
$$;

-- What the services and the offers of the organisations `ids` give to the catalogue, as they stand now.
create function support_source(ids uuid[])
returns table (
  kind text, title text, summary text, plain_summary text, organization_id uuid, territory_id uuid, service_id uuid,
  post_id uuid, themes text[], publics text[], scope_kind text, scope_codes text[], latitude double precision,
  longitude double precision, neighbourhood_id uuid, place_words text, closes_on date, conditions text, fees text,
  cost text, phone text, email text, url text, source_url text, checked_on date, dormant_on date)
language sql stable set search_path = public, pg_catalog as $$
  select 'service', case when length(s.name) >= 3 then s.name else left(s.name || ' · ' || o.name, 200) end,
    left(s.description, 5000), null, o.id, o.territory_id, s.id, null::uuid,
    coalesce(nullif(s.themes, '{}'), o.themes), coalesce(nullif(s.publics, '{}'), o.publics),
    support_scope(s.eligibility_zones),
    case when support_scope(s.eligibility_zones) in ('territory', 'national') then '{}' else s.eligibility_zones[1:400] end,
    p.latitude, p.longitude, p.neighbourhood_id, left(concat_ws(', ', p.label, p.address, p.city), 300), null::date,
    s.conditions, s.fees, left(s.fees_details, 300), coalesce(s.phone, o.phone), coalesce(s.email, o.email),
    coalesce(s.mobilization_url, o.website), coalesce(s.source_url, o.source_url), o.confirmed_at::date, o.dormant_at::date
  from service s join organization o on o.id = s.organization_id
  left join lateral (
    select x.* from place x left join service_place sp on sp.place_id = x.id and sp.service_id = s.id
    where x.organization_id = o.id order by sp.service_id is null, x.position, x.id limit 1) p on true
  where o.id = any (ids) and o.status = 'published'
  union all
  select case f.category when 'room' then 'room' else 'equipment' end, f.title, f.description, null, o.id, o.territory_id,
    null, f.id, o.themes, o.publics, 'territory', '{}', p.latitude, p.longitude, p.neighbourhood_id,
    left(concat_ws(', ', p.label, p.address, p.city), 300), f.expires_on, null, null, null, o.phone, o.email, o.website,
    null, greatest(f.posted_at, o.confirmed_at)::date, o.dormant_at::date
  from post f join organization o on o.id = f.organization_id
  left join lateral (
    select x.* from place x where x.organization_id = o.id order by x.position, x.id limit 1) p on true
  where o.id = any (ids) and o.status = 'published' and f.kind = 'offer' and f.state = 'open' and f.hidden_at is null
    and f.category in ('room', 'equipment', 'vehicle')
$$;

-- Brings the supports of the organisations `ids` to what their sheets say. What a human of the territory hid stays hidden;
-- what left with its source comes back with it. One statement for services, one for offers, one for what is gone.
create function support_follow(ids uuid[]) returns void language plpgsql
security definer set search_path = public, pg_catalog as $$
begin
  -- Two transactions that touch one sheet follow it one after the other (the same locks as `search_refresh`).
  perform pg_advisory_xact_lock(7351847, bucket) from (
    select distinct hashtext(id::text) & 127 as bucket from unnest(ids) as id order by 1) as b;
  insert into support as t (kind, title, summary, plain_summary, organization_id, territory_id, service_id, post_id, themes,
      publics, scope_kind, scope_codes, latitude, longitude, neighbourhood_id, place_words, closes_on, conditions, fees, cost,
      phone, email, url, source_url, checked_on, dormant_on)
    select * from support_source(ids) s where s.service_id is not null
  on conflict (service_id) do update set (title, summary, organization_id, territory_id, themes, publics, scope_kind,
      scope_codes, latitude, longitude, neighbourhood_id, place_words, conditions, fees, cost, phone, email, url, source_url,
      checked_on, dormant_on, status, updated_at)
    = (excluded.title, excluded.summary, excluded.organization_id, excluded.territory_id, excluded.themes, excluded.publics,
      excluded.scope_kind, excluded.scope_codes, excluded.latitude, excluded.longitude, excluded.neighbourhood_id,
      excluded.place_words, excluded.conditions, excluded.fees, excluded.cost, excluded.phone, excluded.email, excluded.url,
      excluded.source_url, excluded.checked_on, excluded.dormant_on,
      case t.status when 'withdrawn' then 'published' else t.status end, now())
    where t.status = 'withdrawn'
      or (t.title, t.summary, t.organization_id, t.themes, t.publics, t.scope_kind, t.scope_codes, t.latitude, t.longitude,
        t.neighbourhood_id, t.place_words, t.conditions, t.fees, t.cost, t.phone, t.email, t.url, t.source_url,
        t.checked_on, t.dormant_on)
      is distinct from (excluded.title, excluded.summary, excluded.organization_id, excluded.themes, excluded.publics,
        excluded.scope_kind, excluded.scope_codes, excluded.latitude, excluded.longitude, excluded.neighbourhood_id,
        excluded.place_words, excluded.conditions, excluded.fees, excluded.cost, excluded.phone, excluded.email,
        excluded.url, excluded.source_url, excluded.checked_on, excluded.dormant_on);
  insert into support as t (kind, title, summary, plain_summary, organization_id, territory_id, service_id, post_id, themes,
      publics, scope_kind, scope_codes, latitude, longitude, neighbourhood_id, place_words, closes_on, conditions, fees, cost,
      phone, email, url, source_url, checked_on, dormant_on)
    select * from support_source(ids) s where s.post_id is not null
  on conflict (post_id) do update set (kind, title, summary, organization_id, themes, publics, latitude, longitude,
      neighbourhood_id, place_words, closes_on, phone, email, url, checked_on, dormant_on, status, updated_at)
    = (excluded.kind, excluded.title, excluded.summary, excluded.organization_id, excluded.themes, excluded.publics,
      excluded.latitude, excluded.longitude, excluded.neighbourhood_id, excluded.place_words, excluded.closes_on,
      excluded.phone, excluded.email, excluded.url, excluded.checked_on, excluded.dormant_on,
      case t.status when 'withdrawn' then 'published' else t.status end, now())
    where t.status = 'withdrawn'
      or (t.kind, t.title, t.summary, t.organization_id, t.themes, t.publics, t.latitude, t.longitude, t.neighbourhood_id,
        t.place_words, t.closes_on, t.phone, t.email, t.url, t.checked_on, t.dormant_on)
      is distinct from (excluded.kind, excluded.title, excluded.summary, excluded.organization_id, excluded.themes,
        excluded.publics, excluded.latitude, excluded.longitude, excluded.neighbourhood_id, excluded.place_words,
        excluded.closes_on, excluded.phone, excluded.email, excluded.url, excluded.checked_on, excluded.dormant_on);
  update support t set status = 'withdrawn', updated_at = now()
  where t.organization_id = any (ids) and (t.service_id is not null or t.post_id is not null) and t.status = 'published'
    and not exists (
      select from organization o where o.id = t.organization_id and o.status = 'published' and (t.post_id is null or exists (
        select from post f where f.id = t.post_id and f.kind = 'offer' and f.state = 'open' and f.hidden_at is null
          and f.category in ('room', 'equipment', 'vehicle'))));
end $$;

-- A skill is somebody's: its support stands while the skill is published and the consent holds, and is erased with them.
create function support_follow_skills(ids uuid[]) returns void language sql
security definer set search_path = public, pg_catalog as $$
  delete from support t using skill s join consent c on c.id = s.consent_id
  where s.id = any (ids) and t.skill_id = s.id and (s.status <> 'published' or c.withdrawn_at is not null);
  insert into support as t (kind, title, summary, territory_id, skill_id, checked_on)
    select 'person', s.title, s.description, s.territory_id, s.id, s.created_at::date
    from skill s join consent c on c.id = s.consent_id
    where s.id = any (ids) and s.status = 'published' and c.withdrawn_at is null
  on conflict (skill_id) do update set title = excluded.title, summary = excluded.summary, updated_at = now()
$$;

create function support_skill_touched() returns trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  ids uuid[];
begin
  if tg_table_name = 'skill' then select array_agg(id) into ids from after_rows;
  else select array_agg(s.id) into ids from skill s join after_rows c on c.id = s.consent_id; end if;
  if ids is not null then perform support_follow_skills(ids); end if;
  return null;
end $$;
create trigger support_inserted after insert on skill referencing new table as after_rows
  for each statement execute function support_skill_touched();
create trigger support_updated after update on skill referencing new table as after_rows
  for each statement execute function support_skill_touched();
create trigger support_updated after update on consent referencing new table as after_rows
  for each statement execute function support_skill_touched();

-- Where a service is given is one more thing that touches a sheet.
create function support_place_touched() returns trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  ids uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct s.organization_id) into ids from after_rows r join service s on s.id = r.service_id;
  else
    select array_agg(distinct s.organization_id) into ids from before_rows r join service s on s.id = r.service_id;
  end if;
  if ids is not null then
    perform set_config('terreau.search_pending', 'on', true);
    insert into search_pending (organization_ids) values (ids);
  end if;
  return null;
end $$;
create trigger support_inserted after insert on service_place referencing new table as after_rows
  for each statement execute function support_place_touched();
create trigger support_deleted after delete on service_place referencing old table as before_rows
  for each statement execute function support_place_touched();

-- Supports are found by the same search as sheets: their documents stand in `search_document` under a number of their
-- own for each territory, so that neither list nor vocabulary of the directory is changed by them. The document's
-- `organization_id` is then the support's. Only what everybody may see has one.
create function search_supports_of(territory uuid) returns uuid language sql immutable parallel safe as
  $$ select md5('supports:' || territory)::uuid $$;

-- What a kind is called by people, so that « un local » finds the rooms; written without accents, as `search_plain` does.
create function support_words(kind text) returns text language sql immutable parallel safe as $$
  select case kind when 'service' then 'service' when 'person' then 'personne ressource' when 'room' then 'salle local'
    when 'equipment' then 'materiel pret' when 'training' then 'formation' when 'funding' then 'financement subvention aide'
    else 'fiche information' end
$$;

-- Each text is cut into lexemes once: a large import has thousands of them.
create function search_passage_of(kind text, cut tsvector) returns text language sql immutable parallel safe as $$
  select kind || string_agg(lexeme, ' ' order by p) from unnest(cut) as u, unnest(u.positions) as p
$$;

create function search_support_source(ids uuid[]) returns setof search_document language sql stable
set search_path = public, pg_catalog as $$
  select t.id, search_supports_of(t.territory_id), t.title, null, left(coalesce(t.plain_summary, t.summary), 280),
    t.themes || t.local_themes, t.publics, null, t.neighbourhood_id, t.latitude, t.longitude, null, null::timestamptz,
    null::timestamptz, left(btrim(plain.title), 200),
    setweight(cut.title, 'A')
      || array_to_tsvector(array(select '=' || lexeme from unnest(tsvector_to_array(cut.title)) as lexeme))
      || setweight(cut.kind, 'B') || setweight(cut.theme || cut.organization, 'C') || setweight(cut.rest, 'D'),
    null::tsvector, null::tsvector,
    array_remove(array[search_passage_of('n', cut.title), search_passage_of('s', cut.kind),
      search_passage_of('t', cut.theme), search_passage_of('o', cut.organization)], null),
    array_remove(array['territory:' || search_supports_of(t.territory_id), 'kind:' || t.kind, 'fees:' || t.fees,
        'neighbourhood:' || t.neighbourhood_id]
      || (select array_agg('theme:' || code) from unnest(t.themes || t.local_themes) as code)
      || (select array_agg('public:' || code) from unnest(t.publics) as code), null)
  from support t
  left join organization o on o.id = t.organization_id
  left join neighbourhood n on n.id = t.neighbourhood_id
  cross join lateral (select search_plain(t.title) as title offset 0) plain
  cross join lateral (
    select to_tsvector('french', plain.title) as title,
      to_tsvector('french', support_words(t.kind)) as kind,
      to_tsvector('french', search_plain(search_labels(t.themes || t.local_themes))) as theme,
      to_tsvector('french', search_plain(concat_ws(' ', o.name, o.acronym))) as organization,
      to_tsvector('french', search_plain(concat_ws(' ', t.summary, t.plain_summary, t.who_may, t.conditions,
        search_labels(t.publics), t.place_words, n.name))) as rest
    offset 0) cut
  where t.id = any (ids) and t.status = 'published'
    and (t.skill_id is null or exists (
      select from skill s where s.id = t.skill_id and s.status = 'published' and s.visibility = 'public'))
$$;

-- As `search_refresh`, for supports.
create function search_refresh_supports(ids uuid[]) returns void language plpgsql
security definer set search_path = public, pg_catalog as $$
begin
  perform pg_advisory_xact_lock(7351849, bucket) from (
    select distinct hashtext(id::text) & 127 as bucket from unnest(ids) as id order by 1) as b;
  with fresh as materialized (select * from search_support_source(ids)),
  old as materialized (select territory_id, terms from search_document where organization_id = any (ids)),
  gone as (
    delete from search_document d where d.organization_id = any (ids)
      and not exists (select from fresh f where f.organization_id = d.organization_id)),
  kept as (
    insert into search_document select * from fresh
    on conflict (organization_id) do update set
      territory_id = excluded.territory_id, name = excluded.name, summary = excluded.summary, themes = excluded.themes,
      publics = excluded.publics, neighbourhood_id = excluded.neighbourhood_id, latitude = excluded.latitude,
      longitude = excluded.longitude, sort_name = excluded.sort_name, terms = excluded.terms,
      passages = excluded.passages, marks = excluded.marks),
  changed as (
    select territory_id, lexeme, 1 as documents from fresh, unnest(array_append(tsvector_to_array(terms), '')) as lexeme
    union all
    select territory_id, lexeme, -1 from old, unnest(array_append(tsvector_to_array(terms), '')) as lexeme)
  insert into search_term_change
    select territory_id, lexeme, sum(documents) from changed group by territory_id, lexeme having sum(documents) <> 0;
  insert into search_word_change
    select distinct written.shown
    from search_document d
    join support t on t.id = d.organization_id
    left join organization o on o.id = t.organization_id
    left join neighbourhood n on n.id = t.neighbourhood_id,
    -- The words of a sheet that it follows are known from that sheet.
    string_to_table(search_shown(case when t.service_id is null and t.post_id is null
      then concat_ws(' ', t.title, t.summary, t.plain_summary, t.who_may, t.conditions, t.place_words,
        o.name, o.acronym, n.name, support_words(t.kind), search_labels(d.themes), search_labels(d.publics))
      else support_words(t.kind) end), ' ') as written (shown)
    where d.organization_id = any (ids) and length(written.shown) between 2 and 40
      and not exists (select from search_word w where w.word = unaccent(written.shown));
  perform search_fold();
end $$;

alter table search_pending alter column organization_ids drop not null;
alter table search_pending add column support_ids uuid[];

create function search_support_touched() returns trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  ids uuid[];
begin
  if tg_op = 'INSERT' then select array_agg(id) into ids from after_rows;
  elsif tg_op = 'DELETE' then select array_agg(id) into ids from before_rows;
  else
    -- A date of freshness changes nothing of what is searched, and changes often.
    select array_agg(a.id) into ids from after_rows a join before_rows b on b.id = a.id
    where (a.kind, a.title, a.summary, a.plain_summary, a.organization_id, a.themes, a.local_themes, a.publics, a.fees,
        a.latitude, a.longitude, a.neighbourhood_id, a.place_words, a.who_may, a.conditions, a.status)
      is distinct from (b.kind, b.title, b.summary, b.plain_summary, b.organization_id, b.themes, b.local_themes, b.publics,
        b.fees, b.latitude, b.longitude, b.neighbourhood_id, b.place_words, b.who_may, b.conditions, b.status);
  end if;
  if ids is not null then
    perform set_config('terreau.search_pending', 'on', true);
    insert into search_pending (support_ids) values (ids);
  end if;
  return null;
end $$;
create trigger search_inserted after insert on support referencing new table as after_rows
  for each statement execute function search_support_touched();
create trigger search_updated after update on support referencing old table as before_rows new table as after_rows
  for each statement execute function search_support_touched();
create trigger search_deleted after delete on support referencing old table as before_rows
  for each statement execute function search_support_touched();

-- The catalogue follows first; the supports that this changes are then waiting in turn, and are taken by the next call.
create or replace function search_settle() returns trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  sheets uuid[];
  supports uuid[];
begin
  -- The first call of a commit does the work of all; the flag spares the others a look at the table.
  if coalesce(current_setting('terreau.search_pending', true), '') <> 'on' then return null; end if;
  perform set_config('terreau.search_pending', 'off', true);
  with taken as (delete from search_pending returning organization_ids, support_ids)
  select (select array_agg(distinct id) from taken, unnest(organization_ids) as id),
    (select array_agg(distinct id) from taken, unnest(support_ids) as id) into sheets, supports;
  if sheets is not null then
    perform support_follow(sheets);
    perform search_refresh(sheets);
  end if;
  if supports is not null then perform search_refresh_supports(supports); end if;
  return null;
end $$;

revoke execute on function support_follow(uuid[]), support_follow_skills(uuid[]), search_refresh_supports(uuid[]) from public;

-- What already stands enters the catalogue.
do $$
declare
  ids uuid[];
begin
  select array_agg(id) into ids from organization where status = 'published';
  if ids is not null then perform support_follow(ids); end if;
  select array_agg(id) into ids from skill where status = 'published';
  if ids is not null then perform support_follow_skills(ids); end if;
end $$;
