-- Who proposes a sheet is searched as the name of an organisation is: « aides de la Région » finds what the Région
-- proposes, though it has no sheet in the directory. The three functions are those of 0041 with `provider` added.

create or replace function search_support_source(ids uuid[]) returns setof search_document language sql stable
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
      to_tsvector('french', search_plain(concat_ws(' ', o.name, o.acronym, t.provider))) as organization,
      to_tsvector('french', search_plain(concat_ws(' ', t.summary, t.plain_summary, t.who_may, t.conditions,
        search_labels(t.publics), t.place_words, n.name))) as rest
    offset 0) cut
  where t.id = any (ids) and t.status = 'published'
    and (t.skill_id is null or exists (
      select from skill s where s.id = t.skill_id and s.status = 'published' and s.visibility = 'public'))
$$;

create or replace function search_refresh_supports(ids uuid[]) returns void language plpgsql
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
        o.name, o.acronym, t.provider, n.name, support_words(t.kind), search_labels(d.themes), search_labels(d.publics))
      else support_words(t.kind) end), ' ') as written (shown)
    where d.organization_id = any (ids) and length(written.shown) between 2 and 40
      and not exists (select from search_word w where w.word = unaccent(written.shown));
  perform search_fold();
end $$;

create or replace function search_support_touched() returns trigger language plpgsql
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
        a.latitude, a.longitude, a.neighbourhood_id, a.place_words, a.who_may, a.conditions, a.provider, a.status)
      is distinct from (b.kind, b.title, b.summary, b.plain_summary, b.organization_id, b.themes, b.local_themes, b.publics,
        b.fees, b.latitude, b.longitude, b.neighbourhood_id, b.place_words, b.who_may, b.conditions, b.provider, b.status);
  end if;
  if ids is not null then
    perform set_config('terreau.search_pending', 'on', true);
    insert into search_pending (support_ids) values (ids);
  end if;
  return null;
end $$;

-- The sheets that have one are indexed again.
do $$
declare
  ids uuid[];
begin
  select array_agg(id) into ids from support where provider is not null;
  if ids is not null then perform search_refresh_supports(ids); end if;
end $$;
