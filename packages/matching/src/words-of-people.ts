import type { SupportKind } from './support.ts';

/*
 * What people say, and what it may be about: words of every day → themes of data·inclusion, and kinds of support.
 * Written for this product; several words stand for "all of them, anywhere in the sentence". Plurals, feminines and
 * conjugated verbs are recognised; accents are not needed. A proposal only: the person confirms or changes it.
 */
export const WORDS_OF_PEOPLE: Readonly<Record<string, string>> = {
  'choisir-un-metier--confirmer-son-choix-de-metier': 'confirmer métier, sûr métier, bilan compétences, changer métier',
  'choisir-un-metier--connaitre-les-opportunites-demploi':
    'métier recrute, secteur recrute, débouché, métier tension, forum métier',
  'choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite':
    'découvrir métier, quel métier, orientation professionnelle, stage découverte, stage troisième, immersion, visite entreprise',
  'choisir-un-metier--identifier-ses-points-forts-et-ses-competences':
    'points forts, mes compétences, ce que je sais faire, mes qualités',
  'creer-une-entreprise--definir-son-projet-de-creation-dentreprise':
    'créer entreprise, créer boîte, monter boîte, se mettre à son compte, auto-entrepreneur, micro-entreprise, idée entreprise, devenir indépendant, ouvrir commerce, ouvrir boutique, ouvrir restaurant, food truck',
  'creer-une-entreprise--developper-son-entreprise':
    'développer entreprise, trouver clients, développer activité, développer commerce, recruter salarié',
  'creer-une-entreprise--structurer-son-projet-de-creation-dentreprise':
    'business plan, plan de financement, étude marché, prévisionnel, statut juridique, microcrédit, couveuse, incubateur, coopérative activité',
  'difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives':
    'papiers, paperasse, démarche, administratif, remplir dossier, remplir formulaire, courrier, écrivain public, carte identité, passeport, carte grise, impôts, préfecture, CAF, attestation',
  'difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-a-la-citoyennete':
    'citoyenneté, nationalité française, naturalisation, voter, liste électorale, titre séjour',
  'difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits':
    'accès droits, connaître droits, mes droits, RSA, allocation, prime activité, aide juridique, juriste, avocat, permanence juridique',
  'difficultes-administratives-ou-juridiques--beneficier-dune-mesure-daccompagnement-adapte':
    'assistante sociale, assistant social, accompagnement social, travailleur social',
  'difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination':
    'discrimination, racisme, raciste, homophobie, sexisme, refusé à cause',
  'difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire':
    'prison, détention, tribunal, justice, porter plainte, victime, sortie prison, TIG, peine',
  'difficultes-financieres--acquerir-une-autonomie-budgetaire':
    'gérer argent, apprendre budget, compte bancaire, banque',
  'difficultes-financieres--ameliorer-sa-gestion-budgetaire': 'gérer budget, fin mois, tenir comptes, dépenses',
  'difficultes-financieres--mettre-en-place-une-mesure-de-protection-financiere': 'tutelle, curatelle, mandataire',
  'difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere':
    'facture, plus argent, pas argent, découvert, difficulté financière, coup dur, électricité, chauffage, gaz',
  'difficultes-financieres--situation-dendettement-surendettement': 'dette, surendettement, crédit, huissier, endetté',
  'equipement-et-alimentation--aide-menagere':
    'ménage, aide ménagère, aide domicile, femme ménage, auxiliaire vie, repassage',
  'equipement-et-alimentation--alimentation':
    'manger, nourriture, alimentation, alimentaire, faim, épicerie solidaire, colis, repas, cuisine, cantine, panier légumes, restaurant solidaire, distribution, frigo solidaire, cuisiner, goûter, invendus, gaspillage alimentaire, maraîchage',
  'equipement-et-alimentation--electromenager':
    'machine laver, frigo, électroménager, réparer appareil, repair café, lave-linge, meuble, ressourcerie, recyclerie, ameublement, réparer objet, atelier réparation, bricolage, outil, réemploi, donnerie',
  'equipement-et-alimentation--habillement':
    'vêtement, habit, vestiaire, friperie, couture, bourse vêtements, retouche, tricot, textile',
  'famille--garde-denfants':
    'garder enfant, garde enfant, crèche, nounou, assistante maternelle, mode garde, halte-garderie, garderie, baby-sitting, périscolaire, petite enfance, bébé, multi-accueil',
  'famille--prise-en-charge-personne-dependante':
    'personne âgée, perte autonomie, dépendance, EHPAD, maison retraite, alzheimer, senior isolé, vieillir domicile, aînés, retraités',
  'famille--soutien-a-la-parentalite-et-a-leducation':
    'aide devoirs, devoirs, soutien scolaire, accompagnement scolaire, parentalité, parents, école, collège, lycée, éducation, réussite éducative, décrochage, élèves, scolaire, écolier, centre loisirs, ludothèque, jeux enfants, enfants, adolescents, café parents',
  'famille--soutien-aidants': 'aidant, proche aidant, répit, aider mère malade, aider père malade',
  'famille--surmonter-conflits-separation-violence':
    'violence, divorce, séparation, médiation familiale, conjoint violent, harcèlement, violences femmes, conflit famille',
  'lecture-ecriture-calcul--maitriser-le-calcul': 'compter, calcul, mathématiques, maths',
  'lecture-ecriture-calcul--maitriser-le-francais':
    'apprendre français, cours français, parler français, FLE, alphabétisation, lire écrire, illettrisme, apprendre lire, sociolinguistique, atelier écriture, lecture, livre, bibliothèque, langue française',
  'logement-hebergement--acheter-un-logement':
    'acheter maison, acheter appartement, devenir propriétaire, acheter logement',
  'logement-hebergement--changer-de-logement':
    'changer logement, déménager, logement petit, appartement grand, échange logement',
  'logement-hebergement--louer-un-logement':
    'louer appartement, trouver logement, cherche logement, HLM, logement social, caution, bailleur, colocation, loger jeunes',
  'logement-hebergement--rechercher-une-solution-dhebergement-temporaire':
    'hébergement, dormir, sans abri, à la rue, foyer, SDF, hôtel social, mise abri, sans domicile',
  'logement-hebergement--reduire-les-impayes-de-loyer': 'impayé loyer, dette loyer, retard loyer, expulsion',
  'logement-hebergement--se-maintenir-dans-le-logement':
    'insalubre, punaise, moisissure, travaux logement, isolation, précarité énergétique, charges, adapter logement, rénover logement',
  'logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement':
    'demande logement, dossier logement, APL, DALO, information logement',
  'mobilite--acceder-a-un-vehicule':
    'prêt voiture, louer voiture, garage solidaire, location solidaire, prêt scooter, acheter voiture, prêt vélo',
  'mobilite--entretenir-reparer-son-vehicule':
    'réparer voiture, garage, mécanique, réparer vélo, atelier vélo, réparation vélo, entretien vélo, self-garage',
  'mobilite--etre-accompagne-dans-son-parcours-mobilite':
    'se déplacer, transport demande, accompagner trajet, conseil mobilité, déplacement personnes âgées',
  'mobilite--financer-ma-mobilite':
    'payer transport, abonnement bus, carte transport, aide essence, ticket bus, carburant',
  'mobilite--mobilite-douce-partagee-collective':
    'vélo, bicyclette, covoiturage, autopartage, pédibus, trottinette, piste cyclable, bus, navette, vélo-école, cyclable, piéton, marche pied, stationnement vélo',
  'mobilite--preparer-un-permis': 'permis, code route, conduire, auto-école, conduite',
  'numerique--acceder-a-des-services-en-ligne':
    'démarche ligne, démarche internet, site impôts, FranceConnect, espace numérique, conseiller numérique, compte en ligne',
  'numerique--acceder-a-une-connexion-internet': 'wifi, internet, connexion, fibre, réseau internet',
  'numerique--acquerir-un-equipement':
    'ordinateur, tablette, smartphone, acheter ordinateur, ordinateur reconditionné, matériel informatique',
  'numerique--maitriser-les-fondamentaux-du-numerique':
    'apprendre ordinateur, cours informatique, informatique, numérique, utiliser téléphone, mail, atelier numérique, clavier, internet seniors, fracture numérique, fablab, coder, robotique',
  'preparer-sa-candidature--developper-son-reseau':
    'réseau professionnel, parrainage, parrain emploi, rencontrer employeurs',
  'preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi':
    'chercher emploi, recherche emploi, chercher travail',
  'preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation': 'CV, lettre motivation, candidature',
  'preparer-sa-candidature--valoriser-ses-competences':
    'VAE, valoriser compétences, valoriser expérience, diplôme expérience',
  'remobilisation--activites-sportives-et-culturelles':
    'sport, sportif, foot, football, basket, tennis, rugby, judo, boxe, danse, natation, piscine, gymnase, stade, gym, yoga, escalade, skate, course pied, randonnée, handball, volley, badminton, pétanque, athlétisme, karaté, aïkido, escrime, gymnastique, hockey, roller, musculation, canoë, tournoi, musique, chant, chorale, orchestre, concert, théâtre, spectacle, cinéma, film, peinture, dessin, art, artiste, exposition, culture, culturel, musée, patrimoine, festival, photo, cirque, conte, répéter, répétition, instrument, studio, rap, hip-hop, fresque, sculpture',
  'remobilisation--benevolat-action-citoyenne':
    'bénévole, bénévolat, aider, donner temps, association, engagement, citoyen, service civique, conseil citoyen, collectif, monter association, créer association, jardin partagé, compost, planter, arbres, végétaliser, propreté, nettoyer quartier, écologie, environnement, biodiversité, nature, jardin, potager, fleurir, déchets, tri, recyclage, budget participatif',
  'remobilisation--bien-etre-confiance-en-soi':
    'confiance, estime soi, bien-être, sophrologie, se sentir bien, reprendre confiance, socio-esthétique, relaxation',
  'remobilisation--lien-social':
    'rencontrer, voisins, fête quartier, isolement, seul, solitude, lien social, convivialité, repas partagé, café associatif, sortie familles, vivre ensemble, entraide, intergénérationnel, vide-grenier, animation quartier, lieu convivial, tiers-lieu, maison quartier, kermesse, carnaval, pique-nique, fête',
  'sante--acces-aux-soins':
    'médecin, soins, santé, mutuelle, dentiste, centre santé, se soigner, vaccination, dépistage, hôpital, secourisme, premiers secours, nutrition',
  'sante--addictions': 'drogue, alcool, addiction, tabac, dépendance alcool, arrêter fumer, jeux argent',
  'sante--constituer-un-dossier-mdph-invalidite':
    'handicap, handicapé, MDPH, AAH, invalidité, fauteuil, accessibilité, malentendant, malvoyant, sourd, aveugle, autisme, langue signes',
  'sante--sante-mentale': 'psychologue, psy, dépression, déprime, mal-être, écoute, santé mentale, angoisse, suicide',
  'sante--sante-sexuelle': 'contraception, planning familial, santé sexuelle, sexualité, grossesse, IVG',
  'se-former--monter-son-dossier-de-formation': 'dossier formation, financer formation, CPF, payer formation',
  'se-former--trouver-sa-formation':
    'formation, se former, apprentissage, alternance, diplôme, reprendre études, BAFA, CAP, stage pratique',
  'souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger':
    'travailler étranger, partir étranger, emploi étranger, volontariat international',
  'souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger':
    'erasmus, bourse étranger, échange jeunes, chantier international, mobilité internationale, étudier étranger',
  'souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france': 'retour France, rentrer France',
  'trouver-un-emploi--convaincre-un-recruteur-en-entretien':
    'entretien embauche, simulation entretien, préparer entretien',
  'trouver-un-emploi--faire-des-candidatures-spontanees': 'candidature spontanée',
  'trouver-un-emploi--maintien-dans-lemploi': 'garder emploi, maintien emploi, arrêt maladie travail, reclassement',
  'trouver-un-emploi--repondre-a-des-offres-demploi':
    'emploi, travail, boulot, job, chômage, chômeur, embauche, insertion professionnelle, chantier insertion, intérim, job été, forum emploi',
  'trouver-un-emploi--suivre-ses-candidatures-et-relancer-les-employeurs': 'relancer employeur, suivre candidatures'
};

export const KINDS_OF_PEOPLE: Readonly<Record<SupportKind, string>> = {
  service: 'accompagnement, aide devoirs, permanence, accueil, atelier, suivi, garde enfant, conseil',
  person:
    'quelqu’un qui, personne qui, bénévole, expert, comptable, juriste, graphiste, traducteur, interprète, intervenant, animateur, professeur, parrain, marraine, coup de main, conseil, mentor',
  room: 'local, salle, lieu, endroit, bureau, atelier à partager, répéter, répétition, hangar, entrepôt, terrain, studio, cuisine partagée, domiciliation, stockage, hébergement association',
  equipment:
    'matériel, prêt, emprunter, tables, chaises, sono, sonorisation, camion, véhicule, minibus, barnum, tente, vidéoprojecteur, outil, ordinateur, machine, imprimante, vaisselle, scène, micro',
  training: 'formation, se former, apprendre, stage, cours, BAFA, initiation, diplôme',
  funding:
    'subvention, argent, financement, financer, budget, bourse, fonds, appel à projets, mécène, mécénat, don, sponsor, crowdfunding, cagnotte, payer, prêt bancaire, trésorerie, aide financière',
  information:
    'comment créer, comment monter, comment faire, assurance, statuts, obligation, règlement, droit, autorisation, déclarer, déclaration, impôts, buvette, SACEM, agrément, siret, rna'
};
