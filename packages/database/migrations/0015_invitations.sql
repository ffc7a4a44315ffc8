-- Invitations: whoever is invited may read and accept their own, and nobody can change what an invitation offers.
-- Why: the role and its scope live in this row alone (the link holds a token and nothing else), so the row must not
-- be a way to give oneself more than was offered.

alter table invitation
  add constraint invitation_role check (role in (
    'resident', 'project-carrier', 'organization-member', 'organization-manager', 'facilitator', 'expert',
    'trainer', 'juror', 'coordinator', 'funder', 'platform-administrator')),
  add constraint invitation_territory check ((role = 'platform-administrator') = (territory_id is null)),
  add constraint invitation_organization check (
    (role in ('organization-member', 'organization-manager')) = (organization_id is not null)),
  add constraint invitation_once check (accepted_at is null or withdrawn_at is null),
  add constraint invitation_acceptor check (accepted_by is null or accepted_at is not null);

create index invitation_pending on invitation (email) where accepted_at is null and withdrawn_at is null;

create policy invitation_addressed on invitation using (
  email = (select a.email from account a where a.id = actor_account()));

revoke update on invitation from terreau_app;
grant update (accepted_at, accepted_by, withdrawn_at) on invitation to terreau_app;

-- The list of who holds which role in a territory is paged by grant.
create index role_grant_page on role_grant (territory_id, id desc) where ended_at is null;
