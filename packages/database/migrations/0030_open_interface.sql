-- The open interface reads whole territories page by page in the order of ids, which never changes: each list needs
-- its rows in that order without sorting a territory for every page.
create index place_territory on place (territory_id, id);
create index search_document_made on search_document (territory_id, organization_id);
