/**
 * Reference lists of data·inclusion v1: the words that the whole product uses for what a service is about, for whom, and how.
 * Codes and French labels: data·inclusion, GIP Plateforme de l'inclusion, Licence Ouverte 2.0
 * (https://data.inclusion.gouv.fr, schema v1.0.8). English labels are our own.
 */
export interface VocabularyEntry {
  readonly code: string;
  readonly label: string;
  readonly labelEn: string;
  /** What the term covers, in French, where the source says so. */
  readonly description?: string;
}

/** The sixteen families of themes; a theme belongs to the one that its code begins with. */
export const THEME_GROUPS = [
  { code: 'choisir-un-metier', label: 'Choisir un métier', labelEn: 'Choosing a trade' },
  { code: 'creer-une-entreprise', label: 'Créer une entreprise', labelEn: 'Starting a business' },
  {
    code: 'difficultes-administratives-ou-juridiques',
    label: 'Difficultés administratives ou juridiques',
    labelEn: 'Administrative or legal difficulties'
  },
  { code: 'difficultes-financieres', label: 'Difficultés financières', labelEn: 'Money difficulties' },
  { code: 'equipement-et-alimentation', label: 'Équipement et alimentation', labelEn: 'Equipment and food' },
  { code: 'famille', label: 'Famille', labelEn: 'Family' },
  { code: 'lecture-ecriture-calcul', label: 'Lecture, écriture, calcul', labelEn: 'Reading, writing, arithmetic' },
  { code: 'logement-hebergement', label: 'Logement, hébergement', labelEn: 'Housing and shelter' },
  { code: 'mobilite', label: 'Mobilité', labelEn: 'Getting around' },
  { code: 'numerique', label: 'Numérique', labelEn: 'Digital life' },
  { code: 'preparer-sa-candidature', label: 'Préparer sa candidature', labelEn: 'Preparing an application' },
  { code: 'remobilisation', label: 'Remobilisation', labelEn: 'Getting going again' },
  { code: 'sante', label: 'Santé', labelEn: 'Health' },
  { code: 'se-former', label: 'Se former', labelEn: 'Training' },
  { code: 'souvrir-a-linternational', label: 'S’ouvrir à l’international', labelEn: 'Going international' },
  { code: 'trouver-un-emploi', label: 'Trouver un emploi', labelEn: 'Finding a job' }
] as const satisfies readonly VocabularyEntry[];

export type ThemeGroupCode = (typeof THEME_GROUPS)[number]['code'];

/** The 69 themes. */
export const THEMES = [
  {
    code: 'choisir-un-metier--confirmer-son-choix-de-metier',
    group: 'choisir-un-metier',
    label: 'Confirmer son choix de métier',
    labelEn: 'Confirming one’s choice of trade'
  },
  {
    code: 'choisir-un-metier--connaitre-les-opportunites-demploi',
    group: 'choisir-un-metier',
    label: 'Connaître les opportunités d’emploi',
    labelEn: 'Knowing the job opportunities'
  },
  {
    code: 'choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite',
    group: 'choisir-un-metier',
    label: 'Découvrir un métier ou un secteur d’activité',
    labelEn: 'Discovering a trade or a sector'
  },
  {
    code: 'choisir-un-metier--identifier-ses-points-forts-et-ses-competences',
    group: 'choisir-un-metier',
    label: 'Identifier ses points forts et ses compétences',
    labelEn: 'Identifying one’s strengths and skills'
  },
  {
    code: 'creer-une-entreprise--definir-son-projet-de-creation-dentreprise',
    group: 'creer-une-entreprise',
    label: 'Définir son projet de création d’entreprise',
    labelEn: 'Defining a business project'
  },
  {
    code: 'creer-une-entreprise--developper-son-entreprise',
    group: 'creer-une-entreprise',
    label: 'Développer son entreprise',
    labelEn: 'Developing one’s business'
  },
  {
    code: 'creer-une-entreprise--structurer-son-projet-de-creation-dentreprise',
    group: 'creer-une-entreprise',
    label: 'Structurer son projet de création d’entreprise',
    labelEn: 'Structuring a business project'
  },
  {
    code: 'difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives',
    group: 'difficultes-administratives-ou-juridiques',
    label: 'Accompagnement aux démarches administratives',
    labelEn: 'Help with administrative procedures'
  },
  {
    code: 'difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-a-la-citoyennete',
    group: 'difficultes-administratives-ou-juridiques',
    label: 'Accompagnement pour l’accès à la citoyenneté',
    labelEn: 'Support towards citizenship'
  },
  {
    code: 'difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits',
    group: 'difficultes-administratives-ou-juridiques',
    label: 'Accompagnement pour l’accès aux droits',
    labelEn: 'Support in claiming rights'
  },
  {
    code: 'difficultes-administratives-ou-juridiques--beneficier-dune-mesure-daccompagnement-adapte',
    group: 'difficultes-administratives-ou-juridiques',
    label: 'Bénéficier d’une mesure d’accompagnement adapté',
    labelEn: 'Receiving a suitable support measure'
  },
  {
    code: 'difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination',
    group: 'difficultes-administratives-ou-juridiques',
    label: 'Connaître ses droits face à une discrimination',
    labelEn: 'Knowing one’s rights against discrimination'
  },
  {
    code: 'difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire',
    group: 'difficultes-administratives-ou-juridiques',
    label: 'Prendre en compte une problématique judiciaire',
    labelEn: 'Dealing with a legal problem'
  },
  {
    code: 'difficultes-financieres--acquerir-une-autonomie-budgetaire',
    group: 'difficultes-financieres',
    label: 'Acquérir une autonomie budgétaire',
    labelEn: 'Gaining independence with a budget'
  },
  {
    code: 'difficultes-financieres--ameliorer-sa-gestion-budgetaire',
    group: 'difficultes-financieres',
    label: 'Améliorer sa gestion budgétaire',
    labelEn: 'Managing a budget better'
  },
  {
    code: 'difficultes-financieres--mettre-en-place-une-mesure-de-protection-financiere',
    group: 'difficultes-financieres',
    label: 'Mettre en place une mesure de protection financière',
    labelEn: 'Setting up a financial protection measure'
  },
  {
    code: 'difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere',
    group: 'difficultes-financieres',
    label: 'Prévenir une dégradation de la situation financière',
    labelEn: 'Preventing money matters from getting worse'
  },
  {
    code: 'difficultes-financieres--situation-dendettement-surendettement',
    group: 'difficultes-financieres',
    label: 'Situation d’endettement ou de surendettement',
    labelEn: 'Debt or over-indebtedness'
  },
  {
    code: 'equipement-et-alimentation--aide-menagere',
    group: 'equipement-et-alimentation',
    label: 'Aide ménagère',
    labelEn: 'Help in the home'
  },
  {
    code: 'equipement-et-alimentation--alimentation',
    group: 'equipement-et-alimentation',
    label: 'Alimentation',
    labelEn: 'Food'
  },
  {
    code: 'equipement-et-alimentation--electromenager',
    group: 'equipement-et-alimentation',
    label: 'Électroménager',
    labelEn: 'Household appliances'
  },
  {
    code: 'equipement-et-alimentation--habillement',
    group: 'equipement-et-alimentation',
    label: 'Habillement',
    labelEn: 'Clothing'
  },
  { code: 'famille--garde-denfants', group: 'famille', label: 'Garde d’enfants', labelEn: 'Childcare' },
  {
    code: 'famille--prise-en-charge-personne-dependante',
    group: 'famille',
    label: 'Prise en charge d’une personne dépendante',
    labelEn: 'Care of a dependent person'
  },
  {
    code: 'famille--soutien-a-la-parentalite-et-a-leducation',
    group: 'famille',
    label: 'Soutien à la parentalité et à l’éducation',
    labelEn: 'Support for parenting and education'
  },
  { code: 'famille--soutien-aidants', group: 'famille', label: 'Soutien aux aidants', labelEn: 'Support for carers' },
  {
    code: 'famille--surmonter-conflits-separation-violence',
    group: 'famille',
    label: 'Surmonter les conflits liés à la séparation ou à la violence',
    labelEn: 'Overcoming conflicts after separation or violence'
  },
  {
    code: 'lecture-ecriture-calcul--maitriser-le-calcul',
    group: 'lecture-ecriture-calcul',
    label: 'Maîtriser le calcul',
    labelEn: 'Mastering arithmetic'
  },
  {
    code: 'lecture-ecriture-calcul--maitriser-le-francais',
    group: 'lecture-ecriture-calcul',
    label: 'Maîtriser le français',
    labelEn: 'Mastering French'
  },
  {
    code: 'logement-hebergement--acheter-un-logement',
    group: 'logement-hebergement',
    label: 'Acheter un logement',
    labelEn: 'Buying a home'
  },
  {
    code: 'logement-hebergement--changer-de-logement',
    group: 'logement-hebergement',
    label: 'Changer de logement',
    labelEn: 'Moving home'
  },
  {
    code: 'logement-hebergement--louer-un-logement',
    group: 'logement-hebergement',
    label: 'Louer un logement',
    labelEn: 'Renting a home'
  },
  {
    code: 'logement-hebergement--rechercher-une-solution-dhebergement-temporaire',
    group: 'logement-hebergement',
    label: 'Rechercher une solution d’hébergement temporaire',
    labelEn: 'Finding temporary shelter'
  },
  {
    code: 'logement-hebergement--reduire-les-impayes-de-loyer',
    group: 'logement-hebergement',
    label: 'Réduire les impayés de loyer',
    labelEn: 'Reducing rent arrears'
  },
  {
    code: 'logement-hebergement--se-maintenir-dans-le-logement',
    group: 'logement-hebergement',
    label: 'Se maintenir dans le logement',
    labelEn: 'Staying in one’s home'
  },
  {
    code: 'logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement',
    group: 'logement-hebergement',
    label: 'S’informer sur les démarches liées à l’accès au logement',
    labelEn: 'Learning about the steps towards housing'
  },
  {
    code: 'mobilite--acceder-a-un-vehicule',
    group: 'mobilite',
    label: 'Accéder à un véhicule',
    labelEn: 'Getting the use of a vehicle'
  },
  {
    code: 'mobilite--entretenir-reparer-son-vehicule',
    group: 'mobilite',
    label: 'Entretenir et réparer son véhicule',
    labelEn: 'Maintaining and repairing one’s vehicle'
  },
  {
    code: 'mobilite--etre-accompagne-dans-son-parcours-mobilite',
    group: 'mobilite',
    label: 'Être accompagné dans son parcours mobilité',
    labelEn: 'Support with getting around'
  },
  {
    code: 'mobilite--financer-ma-mobilite',
    group: 'mobilite',
    label: 'Financer ma mobilité',
    labelEn: 'Funding one’s travel'
  },
  {
    code: 'mobilite--mobilite-douce-partagee-collective',
    group: 'mobilite',
    label: 'Utiliser des services de mobilité douce, partagée ou collective',
    labelEn: 'Using soft, shared or public transport'
  },
  {
    code: 'mobilite--preparer-un-permis',
    group: 'mobilite',
    label: 'Préparer un permis',
    labelEn: 'Preparing a driving licence'
  },
  {
    code: 'numerique--acceder-a-des-services-en-ligne',
    group: 'numerique',
    label: 'Accéder à des services en ligne',
    labelEn: 'Accessing online services'
  },
  {
    code: 'numerique--acceder-a-une-connexion-internet',
    group: 'numerique',
    label: 'Accéder à une connexion Internet',
    labelEn: 'Accessing an Internet connection'
  },
  {
    code: 'numerique--acquerir-un-equipement',
    group: 'numerique',
    label: 'Acquérir un équipement',
    labelEn: 'Acquiring equipment'
  },
  {
    code: 'numerique--maitriser-les-fondamentaux-du-numerique',
    group: 'numerique',
    label: 'Maîtriser les fondamentaux du numérique',
    labelEn: 'Mastering the digital basics'
  },
  {
    code: 'preparer-sa-candidature--developper-son-reseau',
    group: 'preparer-sa-candidature',
    label: 'Développer son réseau',
    labelEn: 'Building one’s network'
  },
  {
    code: 'preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi',
    group: 'preparer-sa-candidature',
    label: 'Organiser ses démarches de recherche d’emploi',
    labelEn: 'Organising a job search'
  },
  {
    code: 'preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation',
    group: 'preparer-sa-candidature',
    label: 'Réaliser un CV et/ou une lettre de motivation',
    labelEn: 'Writing a CV or a cover letter'
  },
  {
    code: 'preparer-sa-candidature--valoriser-ses-competences',
    group: 'preparer-sa-candidature',
    label: 'Valoriser ses compétences',
    labelEn: 'Making the most of one’s skills'
  },
  {
    code: 'remobilisation--activites-sportives-et-culturelles',
    group: 'remobilisation',
    label: 'Activités sportives et culturelles',
    labelEn: 'Sports and cultural activities'
  },
  {
    code: 'remobilisation--benevolat-action-citoyenne',
    group: 'remobilisation',
    label: 'Bénévolat et action citoyenne',
    labelEn: 'Volunteering and civic action'
  },
  {
    code: 'remobilisation--bien-etre-confiance-en-soi',
    group: 'remobilisation',
    label: 'Bien-être et confiance en soi',
    labelEn: 'Well-being and self-confidence'
  },
  { code: 'remobilisation--lien-social', group: 'remobilisation', label: 'Lien social', labelEn: 'Social ties' },
  { code: 'sante--acces-aux-soins', group: 'sante', label: 'Accès aux soins', labelEn: 'Access to care' },
  { code: 'sante--addictions', group: 'sante', label: 'Addictions', labelEn: 'Addictions' },
  {
    code: 'sante--constituer-un-dossier-mdph-invalidite',
    group: 'sante',
    label: 'Constituer un dossier MDPH pour invalidité',
    labelEn: 'Preparing a disability (MDPH) file'
  },
  { code: 'sante--sante-mentale', group: 'sante', label: 'Santé mentale', labelEn: 'Mental health' },
  { code: 'sante--sante-sexuelle', group: 'sante', label: 'Santé sexuelle', labelEn: 'Sexual health' },
  {
    code: 'se-former--monter-son-dossier-de-formation',
    group: 'se-former',
    label: 'Monter son dossier de formation',
    labelEn: 'Preparing a training application'
  },
  {
    code: 'se-former--trouver-sa-formation',
    group: 'se-former',
    label: 'Trouver sa formation',
    labelEn: 'Finding a training course'
  },
  {
    code: 'souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger',
    group: 'souvrir-a-linternational',
    label: 'Connaître les opportunités d’emploi à l’étranger',
    labelEn: 'Knowing the job opportunities abroad'
  },
  {
    code: 'souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger',
    group: 'souvrir-a-linternational',
    label: 'S’informer sur les aides pour travailler à l’étranger',
    labelEn: 'Learning about aid for working abroad'
  },
  {
    code: 'souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france',
    group: 'souvrir-a-linternational',
    label: 'S’organiser suite à son retour en France',
    labelEn: 'Getting organised after returning to France'
  },
  {
    code: 'trouver-un-emploi--convaincre-un-recruteur-en-entretien',
    group: 'trouver-un-emploi',
    label: 'Convaincre un recruteur en entretien',
    labelEn: 'Convincing a recruiter in an interview'
  },
  {
    code: 'trouver-un-emploi--faire-des-candidatures-spontanees',
    group: 'trouver-un-emploi',
    label: 'Faire des candidatures spontanées',
    labelEn: 'Making unsolicited applications'
  },
  {
    code: 'trouver-un-emploi--maintien-dans-lemploi',
    group: 'trouver-un-emploi',
    label: 'Maintien dans l’emploi',
    labelEn: 'Staying in employment'
  },
  {
    code: 'trouver-un-emploi--repondre-a-des-offres-demploi',
    group: 'trouver-un-emploi',
    label: 'Répondre à des offres d’emploi',
    labelEn: 'Answering job offers'
  },
  {
    code: 'trouver-un-emploi--suivre-ses-candidatures-et-relancer-les-employeurs',
    group: 'trouver-un-emploi',
    label: 'Suivre ses candidatures et relancer les employeurs',
    labelEn: 'Following up applications with employers'
  }
] as const satisfies readonly (VocabularyEntry & { readonly group: ThemeGroupCode })[];
export type ThemeCode = (typeof THEMES)[number]['code'];

/** The fourteen publics. `tous-publics` stands alone, never beside another. */
export const PUBLICS = [
  {
    code: 'actifs',
    label: 'Actifs',
    labelEn: 'People in work',
    description: 'Toute personne ayant un emploi, qu’il soit salarié, libéral ou à son compte'
  },
  {
    code: 'beneficiaires-des-minimas-sociaux',
    label: 'Bénéficiaires des minimas sociaux',
    labelEn: 'People on minimum income benefits',
    description: 'Personnes touchant des aides financières telles que RSA, SMIC, allocations familiales, bourses, etc'
  },
  {
    code: 'demandeurs-emploi',
    label: 'Demandeurs d’emploi',
    labelEn: 'Job seekers',
    description: 'Demandeurs d’emploi de tout type'
  },
  { code: 'etudiants', label: 'Étudiants', labelEn: 'Students', description: 'Étudiants' },
  { code: 'familles', label: 'Familles', labelEn: 'Families', description: 'Familles, parents, enfants, etc' },
  { code: 'femmes', label: 'Femmes', labelEn: 'Women', description: 'Femmes isolées, victimes de violence, etc' },
  {
    code: 'jeunes',
    label: 'Jeunes',
    labelEn: 'Young people',
    description: 'Jeunes au sens large, jeunes adultes, adolescents, etc'
  },
  {
    code: 'personnes-en-situation-de-handicap',
    label: 'Personnes en situation de handicap',
    labelEn: 'People with disabilities',
    description: 'Personnes en situation de handicap de tout type'
  },
  {
    code: 'personnes-en-situation-durgence',
    label: 'Personnes en situation d’urgence',
    labelEn: 'People in an emergency',
    description: 'SDF, victimes de violence, grande précarité, etc'
  },
  {
    code: 'personnes-en-situation-juridique-specifique',
    label: 'Personnes en situation juridique spécifique',
    labelEn: 'People in a specific legal situation',
    description: 'Personnes sortant de détention, détenus ou autre statut juridique spécifique'
  },
  {
    code: 'personnes-exilees',
    label: 'Personnes exilées',
    labelEn: 'People in exile',
    description: 'Réfugiés, demandeurs d’asile, personnes immigrées, etc'
  },
  {
    code: 'residents-qpv-frr',
    label: 'Résidents en QPV ou FRR',
    labelEn: 'Residents of priority neighbourhoods or rural areas (QPV, FRR)',
    description:
      'Personnes résidentes en zone Quartier Prioritaire de la Ville ou France Ruralités Revitalisation (anciennement ZRR)'
  },
  { code: 'seniors', label: 'Séniors', labelEn: 'Older people', description: 'Personnes âgées, retraités, etc' },
  { code: 'tous-publics', label: 'Tous publics', labelEn: 'Everyone', description: 'Tous publics' }
] as const satisfies readonly VocabularyEntry[];

export type PublicCode = (typeof PUBLICS)[number]['code'];

/** How the service is received. */
export const RECEPTION_MODES = [
  {
    code: 'a-distance',
    label: 'À distance',
    labelEn: 'Remote',
    description: 'Le service est proposé à distance, par téléphone ou internet.'
  },
  {
    code: 'en-presentiel',
    label: 'En présentiel',
    labelEn: 'In person',
    description: 'Le service est proposé en présentiel, à l’adresse associée à ce service.'
  }
] as const satisfies readonly VocabularyEntry[];

export type ReceptionModeCode = (typeof RECEPTION_MODES)[number]['code'];

/** How one asks for the service. */
export const MOBILIZATION_MODES = [
  {
    code: 'envoyer-un-courriel',
    label: 'Envoyer un courriel',
    labelEn: 'Send an e-mail',
    description: 'Envoyer un courriel à l’adresse électronique associée au service, ou à défaut, à la structure.'
  },
  {
    code: 'se-presenter',
    label: 'Se présenter',
    labelEn: 'Come in person',
    description: 'Se présenter directement à l’adresse associée au service ou, à défaut, à la structure.'
  },
  {
    code: 'telephoner',
    label: 'Téléphoner',
    labelEn: 'Telephone',
    description: 'Téléphoner au numéro associé au service, ou à défaut, à la structure.'
  },
  {
    code: 'utiliser-lien-mobilisation',
    label: 'Utiliser le lien de mobilisation',
    labelEn: 'Use the online link',
    description: 'Utiliser le lien de mobilisation du service.'
  }
] as const satisfies readonly VocabularyEntry[];

export type MobilizationModeCode = (typeof MOBILIZATION_MODES)[number]['code'];

/** Who may ask for the service. */
export const MOBILIZERS = [
  {
    code: 'professionnels',
    label: 'Professionnels',
    labelEn: 'Professionals',
    description: 'Service mobilisable par les professionnels de l’insertion.'
  },
  { code: 'usagers', label: 'Usagers', labelEn: 'Service users', description: 'Service mobilisable par les usagers.' }
] as const satisfies readonly VocabularyEntry[];

export type MobilizerCode = (typeof MOBILIZERS)[number]['code'];

/** The six types of service. */
export const SERVICE_KINDS = [
  {
    code: 'accompagnement',
    label: 'Accompagnement',
    labelEn: 'Support',
    description: 'Accompagnement global pour le retour à l’emploi'
  },
  {
    code: 'aide-financiere',
    label: 'Aide financière',
    labelEn: 'Financial help',
    description: 'Prise en charge financière, aide ou rémunération soutenant le retour à l’emploi'
  },
  {
    code: 'aide-materielle',
    label: 'Aide matérielle',
    labelEn: 'Material help',
    description: 'Accéder à du matériel soutenant le retour à l’emploi (voiture, vélo, ordinateur, alimentation, etc)'
  },
  {
    code: 'atelier',
    label: 'Atelier',
    labelEn: 'Workshop',
    description: 'Groupe de travail constitué autour d’une activité, d’un thème soutenant le retour à l’emploi'
  },
  {
    code: 'formation',
    label: 'Formation',
    labelEn: 'Training',
    description: 'Formation dispensée par des professionnels pour les bénéficiaires'
  },
  {
    code: 'information',
    label: 'Information',
    labelEn: 'Information',
    description: 'Premier niveau d’information apporté par des professionnels du secteur'
  }
] as const satisfies readonly VocabularyEntry[];

export type ServiceKindCode = (typeof SERVICE_KINDS)[number]['code'];

/** Whether the service is paid for. */
export const FEES = [
  {
    code: 'gratuit',
    label: 'Gratuit',
    labelEn: 'Free',
    description: 'L’accès au lieu et/ou à ses services est gratuit'
  },
  { code: 'payant', label: 'Payant', labelEn: 'Paid', description: 'L’accès au lieu et/ou à ses services est payant' }
] as const satisfies readonly VocabularyEntry[];

export type FeeCode = (typeof FEES)[number]['code'];

/** The 108 networks that carry structures. */
export const NETWORKS = [
  { code: '60000-rebonds', label: '60 000 Rebonds', labelEn: '60 000 Rebonds' },
  {
    code: 'aci',
    label: 'Structures d’Insertion par l’Activité Économique - Ateliers et Chantiers d’Insertion',
    labelEn: 'Integration through work: workshops and worksites (ACI)'
  },
  { code: 'action-logement', label: 'Action Logement', labelEn: 'Action Logement (employee housing)' },
  { code: 'adie', label: 'Association pour le Droit à l’Initiative Économique', labelEn: 'Adie (microcredit)' },
  {
    code: 'afpa',
    label: 'Agence Nationale pour la Formation Professionnelle des Adultes',
    labelEn: 'Afpa (vocational training)'
  },
  { code: 'agefiph', label: 'Agefiph', labelEn: 'Agefiph (disability at work)' },
  { code: 'ai', label: 'Associations Intermédiaires', labelEn: 'Intermediary associations (AI)' },
  { code: 'aidants-connect', label: 'Aidants Connect', labelEn: 'Aidants Connect' },
  { code: 'alliance-villes-emploi', label: 'Alliance Villes Emploi', labelEn: 'Alliance Villes Emploi' },
  { code: 'anlci', label: 'Agence Nationale de Lutte Contre l’Illettrisme', labelEn: 'ANLCI (literacy agency)' },
  { code: 'apprentis-dauteuil', label: 'Apprentis d’Auteuil', labelEn: 'Apprentis d’Auteuil' },
  { code: 'ase', label: 'Aide Sociale à l’Enfance', labelEn: 'Child welfare (ASE)' },
  { code: 'banques-alimentaires', label: 'Banques Alimentaires', labelEn: 'Food banks' },
  {
    code: 'caarud',
    label: 'Centres d’Accueil et d’Accompagnement à la Réduction de Risques pour Usagers de Drogues',
    labelEn: 'Harm reduction centres (CAARUD)'
  },
  {
    code: 'cada',
    label: 'Centres d’Accueil de Demandeurs d’Asile',
    labelEn: 'Reception centres for asylum seekers (CADA)'
  },
  { code: 'caf', label: 'Caisse d’Allocations Familiales', labelEn: 'Family allowance funds (CAF)' },
  { code: 'campus-connecte', label: 'Campus Connecté', labelEn: 'Campus Connecté' },
  { code: 'cap-emploi-reseau-cheops', label: 'CAP Emploi - Réseau CHEOPS', labelEn: 'CAP Emploi - Réseau CHEOPS' },
  {
    code: 'cava',
    label: 'Centres d’Adaptation à la Vie Active',
    labelEn: 'Centres for adaptation to working life (CAVA)'
  },
  {
    code: 'ccas-cias',
    label: 'Les Centres Communaux d’Action Sociale et les Centres Intercommunaux d’Action Sociale',
    labelEn: 'Municipal and inter-municipal social centres (CCAS, CIAS)'
  },
  {
    code: 'chambres-consulaires',
    label: 'Chambres Consulaires',
    labelEn: 'Chambers of commerce, trades and agriculture',
    description:
      'Les Chambres de Commerce et d’Industrie (CCI), les Chambres des Métiers et de l’Artisanat (CMA) et les Chambres d’Agriculture (CA).'
  },
  { code: 'chantier-ecole', label: 'Réseau Chantier École', labelEn: 'Réseau Chantier École' },
  { code: 'chrs', label: 'Centres d’Hébergement et de Réinsertion Sociale', labelEn: 'Reintegration shelters (CHRS)' },
  { code: 'chu', label: 'Centres d’Hébergement d’Urgence', labelEn: 'Emergency shelters (CHU)' },
  {
    code: 'cidff',
    label: 'Centres d’Information sur les Droits des Femmes et des Familles',
    labelEn: 'Information centres on the rights of women and families (CIDFF)'
  },
  { code: 'cmp', label: 'Centres Médico-Psychologiques', labelEn: 'Community mental health centres (CMP)' },
  { code: 'cms', label: 'Centres Médico-Sociaux', labelEn: 'Medical and social centres (CMS)' },
  {
    code: 'cnam',
    label: 'Conservatoire National des Arts et Métiers',
    labelEn: 'Conservatoire national des arts et métiers (Cnam)'
  },
  { code: 'collectif-emploi', label: 'Collectif Emploi', labelEn: 'Collectif Emploi' },
  {
    code: 'communes',
    label: 'Communes, mairies, communautés de communes, etc.',
    labelEn: 'Communes, town halls, groups of communes'
  },
  { code: 'conseillers-numeriques', label: 'Conseillers Numériques', labelEn: 'Digital advisers' },
  { code: 'coorace', label: 'Fédération COORACE', labelEn: 'Fédération COORACE' },
  { code: 'cpam', label: 'Caisses Primaires d’Assurance Maladie', labelEn: 'Primary health insurance funds (CPAM)' },
  {
    code: 'cph',
    label: 'Centres Provisoires d’Hébergement',
    labelEn: 'Temporary accommodation centres for refugees (CPH)'
  },
  {
    code: 'creches-avip',
    label: 'Crèches à Vocation d’Insertion Professionnelle',
    labelEn: 'Job-friendly nurseries (AVIP)'
  },
  { code: 'crepi', label: 'CREPI', labelEn: 'CREPI' },
  {
    code: 'cresus',
    label: 'Fédération Française des Associations CRÉSUS',
    labelEn: 'Fédération Française des Associations CRÉSUS'
  },
  { code: 'croix-rouge', label: 'Croix-Rouge', labelEn: 'Red Cross' },
  {
    code: 'csapa',
    label: 'Centres de Soins, d’Accompagnement et de Prévention en Addictologie',
    labelEn: 'Addiction care centres (CSAPA)'
  },
  {
    code: 'delegataire-conseil-departemental',
    label: 'Organisation délégataire d’un Conseil Départemental',
    labelEn: 'Organisation acting for a département council'
  },
  {
    code: 'departements',
    label: 'Départements et Services Départementaux',
    labelEn: 'Départements and their services',
    description:
      'Les Conseils Départementaux (CD), les Unions Départementales des Associations Familiales (UDAF), les Centres Départementaux d’Action Sociale (CDAS), etc.'
  },
  { code: 'duo-for-a-job', label: 'DUO for a JOB', labelEn: 'DUO for a JOB' },
  { code: 'ea', label: 'Entreprises Adaptées', labelEn: 'Adapted companies (EA)' },
  {
    code: 'eatt',
    label: 'Entreprises Adaptées de Travail Temporaire',
    labelEn: 'Adapted temporary work agencies (EATT)'
  },
  { code: 'ecoles-de-la-deuxieme-chance', label: 'Écoles de la 2ᵉ Chance', labelEn: 'Second chance schools' },
  { code: 'egee', label: 'Association EGEE', labelEn: 'Association EGEE' },
  {
    code: 'ei',
    label: 'Structures d’Insertion par l’Activité Économique - Entreprises d’Insertion',
    labelEn: 'Integration through work: companies (EI)'
  },
  {
    code: 'eiti',
    label: 'Structures d’Insertion par l’Activité Économique - Entreprises d’Insertion par le Travail Indépendant',
    labelEn: 'Integration through work: self-employment (EITI)'
  },
  { code: 'emmaus', label: 'Emmaüs', labelEn: 'Emmaüs' },
  { code: 'epide', label: 'EPIDE', labelEn: 'EPIDE' },
  {
    code: 'esat',
    label: 'Établissement et Service d’Accompagnement par le Travail',
    labelEn: 'Sheltered work establishments (ESAT)'
  },
  { code: 'espaces-publics-numeriques', label: 'Espaces Publics Numériques', labelEn: 'Public digital spaces' },
  {
    code: 'etcld',
    label: 'Expérimentation Territoriale contre le Chômage de Longue Durée',
    labelEn: 'Zero Long-term Unemployment Territories'
  },
  {
    code: 'etti',
    label: 'Structures d’Insertion par l’Activité Économique - Entreprises de Travail Temporaire d’Insertion',
    labelEn: 'Integration through work: temporary agencies (ETTI)'
  },
  { code: 'fabrique-de-territoire', label: 'Fabrique de Territoire', labelEn: 'Fabrique de Territoire' },
  { code: 'face', label: 'Fondation FACE', labelEn: 'Fondation FACE' },
  {
    code: 'fcsf',
    label: 'Fédération des Centres Sociaux et Socioculturels de France',
    labelEn: 'Federation of social and socio-cultural centres (FCSF)'
  },
  {
    code: 'federation-des-acteurs-de-la-solidarite',
    label: 'Fédération des Acteurs de la Solidarité',
    labelEn: 'Federation of solidarity actors'
  },
  {
    code: 'federation-professionnelle-femmes',
    label: 'Fédération Professionnelle pour les Femmes',
    labelEn: 'Professional federation for women'
  },
  { code: 'france-active', label: 'France Active', labelEn: 'France Active' },
  { code: 'france-service', label: 'France Service', labelEn: 'France Services' },
  { code: 'france-travail', label: 'France Travail', labelEn: 'France Travail' },
  { code: 'french-tech', label: 'French Tech', labelEn: 'French Tech' },
  { code: 'geiq', label: 'GEIQ', labelEn: 'Employers’ groups for integration and qualification (GEIQ)' },
  {
    code: 'grandes-ecoles-du-numerique',
    label: 'Grandes Écoles du Numérique',
    labelEn: 'Grandes Écoles du Numérique (digital training)'
  },
  {
    code: 'huda',
    label: 'Hébergement d’Urgence pour Demandeurs d’Asile',
    labelEn: 'Emergency shelter for asylum seekers (HUDA)'
  },
  { code: 'hup', label: 'Association H’UP', labelEn: 'Association H’UP' },
  { code: 'inae', label: 'INAÉ Nouvelle Aquitaine', labelEn: 'INAÉ Nouvelle Aquitaine' },
  { code: 'initiative-france', label: 'Initiative France', labelEn: 'Initiative France' },
  { code: 'konexio', label: 'Association Konexio', labelEn: 'Association Konexio' },
  { code: 'la-cravate-solidaire', label: 'La Cravate Solidaire', labelEn: 'La Cravate Solidaire' },
  { code: 'la-poste', label: 'La Poste', labelEn: 'La Poste' },
  { code: 'les-premieres', label: 'Les Premières', labelEn: 'Les Premières' },
  {
    code: 'maison-departementale-de-lautonomie',
    label: 'Maisons Départementales de l’Autonomie',
    labelEn: 'Département autonomy centres (MDA)'
  },
  { code: 'maisons-de-l-emploi', label: 'Maisons de l’Emploi', labelEn: 'Job centres (Maisons de l’emploi)' },
  {
    code: 'maisons-des-solidarites',
    label: 'Maisons Départementales des Solidarités (MDS)',
    labelEn: 'Département solidarity centres (MDS)',
    description:
      'Les Maisons Départementales des Solidarités sont des services départementaux. Par conséquent, le réseau `departements` devrait être également défini pour ces structures.'
  },
  {
    code: 'mdph',
    label: 'Maisons Départementales pour les Personnes Handicapées (MDPH)',
    labelEn: 'Département disability centres (MDPH)'
  },
  { code: 'mission-locale', label: 'Mission Locale', labelEn: 'Local youth employment centres (missions locales)' },
  { code: 'mjc', label: 'Maisons des Jeunes et de la Culture', labelEn: 'Youth and culture centres (MJC)' },
  { code: 'mobin', label: 'Mob’In', labelEn: 'Mob’In' },
  { code: 'msap', label: 'Maisons de Services Au Public', labelEn: 'Public service centres (MSAP)' },
  {
    code: 'mutualite-sociale-agricole',
    label: 'Mutualité Sociale Agricole',
    labelEn: 'Agricultural social mutual fund (MSA)'
  },
  { code: 'nqt', label: 'Association NQT', labelEn: 'Association NQT' },
  {
    code: 'pimms-mediation',
    label: 'Point Information Médiation Multi Services',
    labelEn: 'Mediation and multi-service points (Pimms)'
  },
  { code: 'pjj', label: 'Protection Judiciaire de la Jeunesse', labelEn: 'Judicial youth protection (PJJ)' },
  {
    code: 'plie',
    label: 'Plans Locaux pour l’Insertion et l’Emploi',
    labelEn: 'Local plans for integration and employment (PLIE)'
  },
  { code: 'points-conseil-budget', label: 'Points Conseil Budget', labelEn: 'Budget advice points' },
  { code: 'points-justice', label: 'Points Justice', labelEn: 'Justice points' },
  { code: 'positive-planet', label: 'Positive Planet', labelEn: 'Positive Planet' },
  {
    code: 'regions',
    label: 'Régions, Préfectures et services régionaux',
    labelEn: 'Regions, prefectures and regional services',
    description:
      'Les Conseils Régionaux (CR), les préfectures, les Directions Régionales de l’Économie, de l’Emploi, du Travail et desSolidarités (DREETS), etc.'
  },
  { code: 'reseau-app', label: 'Réseau APP', labelEn: 'Réseau APP' },
  { code: 'reseau-bge', label: 'Réseau BGE', labelEn: 'Réseau BGE' },
  { code: 'reseau-entreprendre', label: 'Réseau Entreprendre', labelEn: 'Réseau Entreprendre' },
  { code: 'reseau-information-jeunesse', label: 'Réseau Information Jeunesse', labelEn: 'Youth information network' },
  {
    code: 'residences-fjt',
    label: 'Résidences - Foyers Jeunes Travailleurs',
    labelEn: 'Residences for young workers (FJT)'
  },
  { code: 'ressourceries', label: 'Ressourceries', labelEn: 'Reuse centres' },
  { code: 'restos-du-coeur', label: 'Restos du Coeur', labelEn: 'Restos du Coeur' },
  { code: 'secours-populaire', label: 'Secours Populaire', labelEn: 'Secours Populaire' },
  {
    code: 'siao',
    label: 'Services Intégrés d’Accueil et d’Orientation',
    labelEn: 'Integrated reception and guidance services (SIAO)'
  },
  { code: 'simplon', label: 'Simplon', labelEn: 'Simplon' },
  { code: 'singa', label: 'Association SINGA', labelEn: 'Association SINGA' },
  { code: 'snc', label: 'Solidarité Nouvelle Face au Chômage', labelEn: 'Solidarités nouvelles face au chômage (SNC)' },
  {
    code: 'spip',
    label: 'Services Pénitentiaires d’Insertion et de Probation',
    labelEn: 'Probation and integration services (SPIP)'
  },
  { code: 'tous-tes-possibles', label: 'Tous Tes Possibles', labelEn: 'Tous Tes Possibles' },
  {
    code: 'unaf',
    label: 'Union Nationale de l’Aide aux Familles',
    labelEn: 'National union of family associations (Unaf)'
  },
  {
    code: 'unea',
    label: 'Union Nationale des Entreprises Adaptées',
    labelEn: 'National union of adapted companies (Unea)'
  },
  { code: 'unis-cite', label: 'UnisCité', labelEn: 'UnisCité' },
  { code: 'wimoov', label: 'Wimoov', labelEn: 'Wimoov' }
] as const satisfies readonly VocabularyEntry[];

export type NetworkCode = (typeof NETWORKS)[number]['code'];

/** Whether `code` belongs to `list`; narrows its type. */
export function isCodeOf<Entry extends VocabularyEntry>(list: readonly Entry[], code: string): code is Entry['code'] {
  return list.some((entry) => entry.code === code);
}
