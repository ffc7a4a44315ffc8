-- Where PostgreSQL has no uuidv7 of its own (before 18), ours gives the part of the millisecond as well, as PostgreSQL 18
-- does: what was written later in one millisecond comes later in the order of ids, on which "the newest row" leans.
do $$ begin
  if to_regprocedure('pg_catalog.uuidv7()') is null then
    execute $f$
      create or replace function uuidv7() returns uuid language sql volatile parallel safe as $b$
        select encode(
          overlay(overlay(uuid_send(gen_random_uuid())
            placing substring(int8send(micros / 1000) from 3) from 1 for 6)
            -- Version 7 in four bits, then the part of the millisecond in twelve.
            placing substring(int4send((28672 + micros % 1000 * 4096 / 1000)::int) from 3) from 7 for 2),
          'hex')::uuid
        from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros) as now
      $b$
    $f$;
  end if;
end $$;
