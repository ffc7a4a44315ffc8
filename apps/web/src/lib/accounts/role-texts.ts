import type { Role } from '@terreau/database/context';
import { m } from '#texts/messages.js';

/** The name of a role, in the language of the page. */
export function roleText(role: Role): string {
  return names[role]();
}

/** What a role allows, in one line. */
export function roleDoes(role: Role): string {
  return deeds[role]();
}

const names: Readonly<Record<Role, () => string>> = {
  resident: m.accounts_role_resident,
  'project-carrier': m.accounts_role_project_carrier,
  'organization-member': m.accounts_role_organization_member,
  'organization-manager': m.accounts_role_organization_manager,
  facilitator: m.accounts_role_facilitator,
  expert: m.accounts_role_expert,
  trainer: m.accounts_role_trainer,
  juror: m.accounts_role_juror,
  coordinator: m.accounts_role_coordinator,
  funder: m.accounts_role_funder,
  'platform-administrator': m.accounts_role_platform_administrator
};

const deeds: Readonly<Record<Role, () => string>> = {
  resident: m.accounts_role_does_resident,
  'project-carrier': m.accounts_role_does_project_carrier,
  'organization-member': m.accounts_role_does_organization_member,
  'organization-manager': m.accounts_role_does_organization_manager,
  facilitator: m.accounts_role_does_facilitator,
  expert: m.accounts_role_does_expert,
  trainer: m.accounts_role_does_trainer,
  juror: m.accounts_role_does_juror,
  coordinator: m.accounts_role_does_coordinator,
  funder: m.accounts_role_does_funder,
  'platform-administrator': m.accounts_role_does_platform_administrator
};
