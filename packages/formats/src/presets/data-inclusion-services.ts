import { mappingFrom, type Preset } from '../preset.ts';
import { refuseIgnoredRow } from './ignored-rows.ts';

/** data·inclusion, file of services (v1): each row points to its structure. */
export const dataInclusionServices: Preset = {
  name: 'data-inclusion-services',
  label: 'data·inclusion : services',
  labelEn: 'data·inclusion: services',
  describes: 'service',
  signature: ['id', 'structure_id', 'nom', 'description', 'thematiques', 'publics', 'frais', 'modes_accueil'],
  signatureMinPercent: 75,
  uniqueIds: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        source: ['source'],
        sourceId: ['structure_id'],
        'service.sourceId': ['id'],
        'service.name': ['nom'],
        'service.description': ['description'],
        'service.kind': ['type'],
        'service.themes': ['thematiques'],
        'service.fee': ['frais'],
        'service.feeDetails': ['frais_precisions'],
        'service.publics': ['publics'],
        'service.publicsDetails': ['publics_precisions'],
        'service.accessConditions': ['conditions_acces'],
        'service.phone': ['telephone'],
        'service.email': ['courriel'],
        'service.contactName': ['contact_nom_prenom'],
        'service.receptionModes': ['modes_accueil'],
        'service.mobilizationModes': ['modes_mobilisation'],
        'service.mobilizationUrl': ['lien_mobilisation'],
        'service.mobilizationDetails': ['mobilisation_precisions'],
        'service.mobilizableBy': ['mobilisable_par'],
        'service.eligibilityZone': ['zone_eligibilite'],
        'service.weeklyHours': ['volume_horaire_hebdomadaire'],
        'service.weeks': ['nombre_semaines'],
        'service.openingHours': ['horaires_accueil'],
        'service.sourceUrl': ['lien_source'],
        'service.updatedOn': ['date_maj'],
        address: ['adresse'],
        addressComplement: ['complement_adresse'],
        postcode: ['code_postal'],
        city: ['commune'],
        cityCode: ['code_insee'],
        latitude: ['latitude'],
        longitude: ['longitude']
      },
      table
    ),
  refuseRow: refuseIgnoredRow
};
