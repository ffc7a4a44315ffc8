-- Who may see a person, or a request, is worked out once for each question and no longer once for each row: with a few
-- thousand people in a territory, reading the list of its staff again for each of them took most of the time of « Ma
-- semaine » and of the notes of a dossier. The rules are the same ones; a scalar sub-select is what PostgreSQL asks once.

-- Where the actor works.
create function actor_staff_territories() returns uuid[] language sql stable parallel safe as
  $$ select string_to_array(nullif(current_setting('terreau.staff', true), ''), ',')::uuid[] $$;

-- The people of the actor's circles. Owned by the owner of the tables, as `actor_dossiers` is.
create function actor_circle_people() returns setof uuid language sql stable security definer set search_path = public as $$
  select m.person_id from dossier_member m
  where m.person_id is not null and m.dossier_id in (select actor_dossiers())
$$;

alter policy person_known on person using (
  (select actor_is_operator())
  or territory_id = any ((select actor_staff_territories())::uuid[])
  or account_id = (select actor_account()));
alter policy person_in_circle on person using (id in (select actor_circle_people()));
alter policy request_known on request using (
  (select actor_is_operator())
  or territory_id = any ((select actor_staff_territories())::uuid[])
  or person_id in (select p.id from person p where p.account_id = actor_account()));
