-- What a figure means, in English too, and which places lie in a priority neighbourhood.

-- Why: an English page that gives a share without saying of what, in English, is a claim without its denominator.
-- Null: nobody has written it in English yet, and the French words are shown, marked as French.
alter table figure add column definition_en text check (length(definition_en) <= 500);
alter table figure add column denominator_label_en text check (length(denominator_label_en) <= 500);
alter table figure add column missing_note_en text check (length(missing_note_en) <= 500);

-- Why: the directory can be asked for one priority neighbourhood. Outlines are few and change once in ten years, places
-- change every day: the outline is turned into the database's own polygons once, and each question compares points.
-- Rings of a GeoJSON Polygon or MultiPolygon: the first of each polygon is its edge, the others are holes.
create function outline_rings(outline jsonb, holes boolean) returns polygon[] language sql immutable parallel safe as $$
  select coalesce(array_agg((
      select string_agg(format('(%s,%s)', pair.at ->> 0, pair.at ->> 1), ',' order by pair.nth)
      from jsonb_array_elements(ring.line) with ordinality as pair (at, nth))::polygon), '{}')
  from jsonb_array_elements(case outline ->> 'type'
      when 'Polygon' then jsonb_build_array(outline -> 'coordinates')
      when 'MultiPolygon' then outline -> 'coordinates'
      else '[]'::jsonb end) as shape (rings),
    jsonb_array_elements(shape.rings) with ordinality as ring (line, nth)
  where (ring.nth > 1) = holes
$$;
alter table priority_neighbourhood
  add column edges polygon[] not null generated always as (outline_rings(outline, false)) stored,
  add column holes polygon[] not null generated always as (outline_rings(outline, true)) stored;
