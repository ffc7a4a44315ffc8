-- Whoever writes a move winds the clock of its request: the database does it, because moves are written from several
-- places, and a request that somebody has just moved must neither be reminded nor closed. Each move is a version, so
-- that whoever decides on what they read before it is told.
create function request_moved() returns trigger language plpgsql as $$
begin
  update request set moved_at = greatest(moved_at, new.moved_at), reminders = 0, version = version + 1
    where id = new.request_id and territory_id = new.territory_id;
  return null;
end $$;
create trigger request_moved after insert on request_move for each row execute function request_moved();
-- Once it is sent, the clock of a request begins with its sending, however it was written.
update request set moved_at = coalesce((select max(m.moved_at) from request_move m where m.request_id = request.id), updated_at);
