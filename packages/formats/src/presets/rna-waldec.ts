import { mappingFrom, type Preset } from '../preset.ts';

/** Répertoire national des associations, Waldec columns. The declarant's address is not read: it may be somebody's home. */
export const rnaWaldec: Preset = {
  name: 'rna-waldec',
  label: 'Répertoire national des associations (Waldec)',
  labelEn: 'National register of associations (Waldec)',
  describes: 'organization',
  signature: ['id', 'titre', 'titre_court', 'objet', 'objet_social1', 'adrs_codeinsee', 'adrs_libcommune', 'position'],
  signatureMinPercent: 75,
  uniqueIds: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        sourceId: ['id'],
        rna: ['id'],
        siret: ['siret'],
        name: ['titre'],
        acronym: ['titre_court'],
        description: ['objet'],
        website: ['siteweb'],
        address: ['adrs_numvoie', 'adrs_repetition', 'adrs_typevoie', 'adrs_libvoie'],
        addressComplement: ['adrs_complement', 'adrs_distrib'],
        cityCode: ['adrs_codeinsee'],
        postcode: ['adrs_codepostal'],
        city: ['adrs_libcommune'],
        updatedOn: ['maj_time']
      },
      table
    ),
  refine: (record, reader) => {
    if (record.organization.kind === 'reference') return record;
    const dissolved = reader.cell('position') === 'D' || /^[12]\d{3}-\d{2}-\d{2}/.test(reader.cell('date_disso'));
    // A missing dissolution is written 0001-01-01 in this register, which the pattern above does not take.
    const status = dissolved ? ('closed' as const) : ('active' as const);
    return {
      ...record,
      organization: { ...record.organization, source: 'rna', legalForm: 'Association déclarée', status }
    };
  }
};
