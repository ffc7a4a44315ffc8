-- Search, second step. Why: one job in ten is written twice over several words (Médiateur familial / Médiatrice familiale),
-- which counted each of them double; and a sheet took milliseconds to index, nine tenths of them in `translate` (which
-- compares each letter with sixty signs) and in cutting the same texts into words two or three times.

-- As before (see 0005), and feminines of two and three words brought back to the masculine that stands before the slash.
create or replace function search_plain(written text) returns text language plpgsql stable parallel safe
set search_path = public, pg_catalog as $$
declare
  t text := unaccent(lower(left(coalesce(written, ''), 20000)));
begin
  if strpos(t, '(') > 0 then t := regexp_replace(t, '([a-z])\([a-z]{1,6}\)', '\1', 'g'); end if;
  if strpos(t, '·') > 0 or strpos(t, '•') > 0 then
    t := regexp_replace(t, '([a-z]{2})[·•][a-z]{1,6}([·•]s)?', '\1', 'g');
  end if;
  if strpos(t, '/') > 0 then
    t := regexp_replace(t,
      '\m([a-z]{3})([a-z-]*) ([a-z]{2})([a-z-]*) ([a-z]{2})([a-z-]*) ?/ ?\1[a-z-]* \3[a-z-]* \5[a-z-]*', '\1\2 \3\4 \5\6', 'g');
    t := regexp_replace(t, '\m([a-z]{3})([a-z-]*) ([a-z]{2})([a-z-]*) ?/ ?\1[a-z-]* \3[a-z-]*', '\1\2 \3\4', 'g');
    t := regexp_replace(t, '\m([a-z]{3})([a-z-]*) ?/ ?\1[a-z-]*', '\1\2', 'g');
  end if;
  if t ~ '[a-z]\.[a-z]' then
    t := regexp_replace(t, '\m([a-z])\.(?=[a-z](\.|\M))', '\1', 'g');
    t := regexp_replace(t, '([a-z]{3})\.(e|ne|se|rice|trice|euse|ere|ive)(\.?s)?\M', '\1', 'g');
  end if;
  return regexp_replace(t, '[][''’_/.,;:!?(){}"«»…·•*+=<>@#&%|\\~`^$€°–—\t\r\n-]+', ' ', 'g');
end $$;

-- The words of a text with their accents, between spaces.
create or replace function search_shown(written text) returns text language sql stable parallel safe
set search_path = public, pg_catalog as $$
  select regexp_replace(lower(left(coalesce(written, ''), 20000)), '[][''’_/.,;:!?(){}"«»…·•*+=<>@#&%|\\~`^$€°–—\t\r\n-]+', ' ', 'g')
$$;

create aggregate search_joined (tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');

-- The lexemes of a short text, in order, between spaces, behind the letter of its kind.
create function search_passage(kind text, written tsvector) returns text language sql immutable parallel safe
set search_path = public, pg_catalog as $$
  select kind || string_agg(lexeme, ' ' order by p) from unnest(written) as u, unnest(u.positions) as p
$$;

-- The documents of the published sheets among `ids`, as they stand now. Each text is cut into words once; `offset 0` keeps
-- the planner from cutting it again wherever it is read.
create or replace function search_source(ids uuid[]) returns setof search_document language sql stable
set search_path = public, pg_catalog as $$
  select o.id, o.territory_id, o.name, o.acronym,
    left(coalesce(nullif(o.plain_description, ''), o.description), 280),
    coalesce(all_themes.codes, '{}'), coalesce(all_publics.codes, '{}'),
    p.city, p.neighbourhood_id, p.latitude, p.longitude, p.opening_hours, o.confirmed_at, o.stale_at,
    left(btrim(own.plain_name), 200),
    setweight(own.name || own.acronym, 'A')
      || array_to_tsvector(array(select '=' || lexeme from unnest(tsvector_to_array(own.name || own.acronym)) as lexeme))
      || setweight(s.names, 'B')
      || setweight(labels.themes || n.titles || f.titles, 'C')
      || setweight(own.rest || n.descriptions || f.descriptions, 'D'),
    n.titles || n.descriptions,
    f.titles || f.descriptions,
    array_remove(array[search_passage('n', own.name), search_passage('n', own.acronym), search_passage('t', labels.themes)]
      || s.passages || n.passages || f.passages, null),
    array_remove(array['territory:' || o.territory_id,
        case when s.passages is not null then 'kind:service' end,
        case when n.passages is not null then 'kind:need' end,
        case when f.passages is not null then 'kind:offer' end]
      || (select array_agg('theme:' || code) from unnest(all_themes.codes) as code)
      || (select array_agg('public:' || code) from unnest(all_publics.codes) as code)
      || p.neighbourhood_marks, null)
  from organization o
  left join lateral (
    select search_joined(v order by position, id) as names,
      array_agg(search_passage('s', v) order by position, id) as passages,
      string_agg(concat_ws(' ', x.description, x.publics_details), ' ' order by position, id) as descriptions
    from (select *, to_tsvector('french', search_plain(service.name)) as v
      from service where organization_id = o.id offset 0) as x) s on true
  left join lateral (
    select search_joined(v order by id) as titles, array_agg(search_passage('d', v) order by id) as passages,
      search_joined(to_tsvector('french', search_plain(x.description)) order by id) as descriptions
    from (select *, to_tsvector('french', search_plain(post.title)) as v
      from post where organization_id = o.id and kind = 'need' and state in ('open', 'in-contact') offset 0) as x) n on true
  left join lateral (
    select search_joined(v order by id) as titles, array_agg(search_passage('o', v) order by id) as passages,
      search_joined(to_tsvector('french', search_plain(x.description)) order by id) as descriptions
    from (select *, to_tsvector('french', search_plain(post.title)) as v
      from post where organization_id = o.id and kind = 'offer' and state in ('open', 'in-contact') offset 0) as x) f on true
  left join lateral (
    select (array_agg(x.city order by x.position, x.id))[1] as city,
      (array_agg(x.neighbourhood_id order by x.position, x.id))[1] as neighbourhood_id,
      (array_agg(x.latitude order by x.position, x.id) filter (where x.latitude is not null))[1] as latitude,
      (array_agg(x.longitude order by x.position, x.id) filter (where x.latitude is not null))[1] as longitude,
      (array_agg(x.opening_hours order by x.position, x.id))[1] as opening_hours,
      string_agg(distinct x.city, ' ') as cities,
      string_agg(distinct h.name, ' ') as neighbourhoods,
      array_agg(distinct 'neighbourhood:' || x.neighbourhood_id) filter (where x.neighbourhood_id is not null) as neighbourhood_marks
    from place x left join neighbourhood h on h.id = x.neighbourhood_id where x.organization_id = o.id) p on true
  cross join lateral (
    select array_agg(distinct code) as codes from (
      select unnest(o.themes) union all select unnest(o.local_themes)
      union all select unnest(x.themes) from service x where x.organization_id = o.id) as t (code)) all_themes
  cross join lateral (
    select array_agg(distinct code) as codes from (
      select unnest(o.publics) union all select unnest(x.publics) from service x where x.organization_id = o.id) as t (code)) all_publics
  cross join lateral (
    select to_tsvector('french', search_plain(search_labels(all_themes.codes))) as themes,
      search_labels(all_publics.codes) as publics offset 0) labels
  cross join lateral (
    select named.plain as plain_name, to_tsvector('french', named.plain) as name,
      to_tsvector('french', search_plain(o.acronym)) as acronym,
      to_tsvector('french', search_plain(concat_ws(' ', o.description, o.plain_description,
        labels.publics, p.cities, p.neighbourhoods, s.descriptions))) as rest
    from (select search_plain(o.name) as plain offset 0) as named offset 0) own
  where o.id = any (ids) and o.status = 'published'
$$;
drop function search_passage(text, text);

-- The sheets are indexed again, by slices, with the words as they are cut now.
do $$
declare
  slice uuid[];
begin
  for slice in
    select array_agg(id) from (
      select id, row_number() over (order by id) / 5000 as nth from organization where status = 'published') as numbered
    group by nth
  loop
    perform search_refresh(slice);
  end loop;
end $$;
