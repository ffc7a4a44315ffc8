-- The platform's administrator answers for every territory's invitations, also where they hold no role.
-- Why: whoever may give any role must see what was offered in their name and take it back. The rest of a territory's
-- private information stays with those who work there.

create function actor_administers_platform() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('terreau.administrator', true) = 'on', false) $$;

create policy invitation_administered on invitation using (actor_administers_platform());

-- Whoever manages an organisation sees who else was invited to it, and may take an invitation back.
create policy invitation_of_organization on invitation using (
  organization_id is not null and actor_is_member(organization_id));
