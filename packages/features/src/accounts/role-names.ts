import type { Role } from '@terreau/database/context';

type Language = 'fr' | 'en';

/** Roles as letters name them. */
const names: Readonly<Record<Role, Readonly<Record<Language, string>>>> = {
  resident: { fr: 'habitante ou habitant', en: 'resident' },
  'project-carrier': { fr: 'personne qui porte un projet', en: 'project carrier' },
  'organization-member': { fr: 'membre d’une organisation', en: 'member of an organisation' },
  'organization-manager': { fr: 'responsable d’une organisation', en: 'manager of an organisation' },
  facilitator: { fr: 'accompagnateur·rice', en: 'facilitator' },
  expert: { fr: 'personne experte', en: 'expert' },
  trainer: { fr: 'formateur·rice', en: 'trainer' },
  juror: { fr: 'membre de jury', en: 'juror' },
  coordinator: { fr: 'coordination', en: 'coordinator' },
  funder: { fr: 'financeur', en: 'funder' },
  'platform-administrator': { fr: 'administration de la plateforme', en: 'platform administrator' }
};

export function roleName(role: Role, language: Language): string {
  return names[role][language];
}
