import { FEES, MOBILIZATION_MODES, MOBILIZERS, NETWORKS, PUBLICS } from './vocabulary.ts';
import { RECEPTION_MODES, SERVICE_KINDS, THEMES, type VocabularyEntry } from './vocabulary.ts';

/** What the JSON Schemas of data·inclusion v1.0.8 ask of one field. Lengths in characters. */
export type Constraint = { readonly required?: true } & (
  | {
      readonly kind: 'text';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly format?: 'email' | 'uri' | 'date';
    }
  | { readonly kind: 'number'; readonly min?: number; readonly integer?: true }
  | { readonly kind: 'code'; readonly codes: ReadonlySet<string> }
  | { readonly kind: 'codes'; readonly codes: ReadonlySet<string>; readonly min?: number }
  | { readonly kind: 'zones' }
);

const text = { kind: 'text' } as const;
const requiredText = { kind: 'text', required: true } as const;
const uri = { kind: 'text', format: 'uri', min: 1, max: 2083 } as const;
const email = { kind: 'text', format: 'email' } as const;
const name = { kind: 'text', required: true, min: 3, max: 150 } as const;
const requiredDate = { kind: 'text', required: true, format: 'date' } as const;

const address = {
  adresse: text,
  complement_adresse: text,
  code_postal: { kind: 'text', pattern: /^\d{5}$/ },
  commune: text,
  code_insee: { kind: 'text', pattern: /^\w{5}$/ },
  latitude: { kind: 'number' },
  longitude: { kind: 'number' }
} as const;

export const structureSchema: Readonly<Record<string, Constraint>> = {
  source: requiredText,
  id: requiredText,
  nom: name,
  siret: { kind: 'text', pattern: /^\d{14}$/ },
  description: { kind: 'text', min: 5, max: 10_000 },
  ...address,
  telephone: text,
  courriel: email,
  site_web: uri,
  lien_source: uri,
  horaires_accueil: text,
  accessibilite_lieu: uri,
  reseaux_porteurs: { kind: 'codes', codes: codesOf(NETWORKS) },
  date_maj: requiredDate
};

export const serviceSchema: Readonly<Record<string, Constraint>> = {
  source: requiredText,
  structure_id: requiredText,
  id: requiredText,
  nom: name,
  description: { kind: 'text', required: true, min: 5, max: 10_000 },
  type: { kind: 'code', codes: codesOf(SERVICE_KINDS) },
  thematiques: { kind: 'codes', codes: codesOf(THEMES) },
  frais: { kind: 'code', codes: codesOf(FEES) },
  frais_precisions: text,
  publics: { kind: 'codes', codes: codesOf(PUBLICS), min: 1 },
  publics_precisions: text,
  conditions_acces: text,
  ...address,
  telephone: text,
  courriel: email,
  contact_nom_prenom: text,
  modes_accueil: { kind: 'codes', codes: codesOf(RECEPTION_MODES) },
  modes_mobilisation: { kind: 'codes', codes: codesOf(MOBILIZATION_MODES), min: 1 },
  lien_mobilisation: uri,
  mobilisation_precisions: text,
  mobilisable_par: { kind: 'codes', codes: codesOf(MOBILIZERS), min: 1 },
  zone_eligibilite: { kind: 'zones' },
  volume_horaire_hebdomadaire: { kind: 'number', min: 0 },
  nombre_semaines: { kind: 'number', min: 1, integer: true },
  horaires_accueil: text,
  lien_source: uri,
  date_maj: requiredDate
};

function codesOf(list: readonly VocabularyEntry[]): ReadonlySet<string> {
  return new Set(list.map((entry) => entry.code));
}
