import type { IntakeChoice, IntakeQuestion, Signal } from './intake.rules.ts';

/** The questions of a territory that has not written its own: at most four for anybody. */
export const DEFAULT_INTAKE: readonly IntakeQuestion[] = [
  {
    key: 'looking-for',
    text: { fr: 'De quoi avez-vous surtout besoin ?', en: 'What do you need most?' },
    why: { fr: 'Pour chercher tout de suite au bon endroit.', en: 'To look in the right place at once.' },
    how: {
      fr: 'Choisissez ce qui vient en premier. Le reste se verra ensemble.',
      en: 'Choose what comes first. We will see the rest together.'
    },
    doors: ['idea', 'need'],
    needs: [],
    choices: [
      choice('advice', 'Un conseil, quelqu’un à qui en parler', 'Advice, somebody to talk to', kind('service')),
      choice('people', 'Des personnes pour faire avec moi', 'People to do it with me', kind('person')),
      choice('room', 'Un lieu', 'A place', kind('room')),
      choice('equipment', 'Du matériel', 'Equipment', kind('equipment')),
      choice('money', 'De l’argent', 'Money', kind('funding')),
      choice('learn', 'Apprendre à faire', 'Learning how', kind('training')),
      choice('information', 'Une information, un papier', 'Information, a form', kind('information'))
    ]
  },
  {
    key: 'subject',
    text: { fr: 'De quoi s’agit-il ?', en: 'What is it about?' },
    why: { fr: 'Pour trouver qui connaît bien ce sujet.', en: 'To find who knows the subject well.' },
    how: { fr: 'Le plus proche suffit. Si rien ne va, passez.', en: 'The nearest is enough. If nothing fits, pass.' },
    doors: ['idea', 'need'],
    needs: [],
    choices: [
      choice('neighbours', 'Se retrouver entre voisins', 'Meeting neighbours', theme('remobilisation--lien-social')),
      choice(
        'leisure',
        'Sport, musique, culture',
        'Sport, music, culture',
        theme('remobilisation--activites-sportives-et-culturelles')
      ),
      choice(
        'food',
        'Manger, cuisiner, jardiner',
        'Eating, cooking, gardening',
        theme('equipement-et-alimentation--alimentation')
      ),
      choice(
        'moving',
        'Se déplacer, réparer',
        'Getting around, repairing',
        theme('mobilite--mobilite-douce-partagee-collective')
      ),
      choice(
        'children',
        'Les enfants, les parents',
        'Children, parents',
        theme('famille--soutien-a-la-parentalite-et-a-leducation')
      ),
      choice(
        'digital',
        'Ordinateur, internet',
        'Computers, internet',
        theme('numerique--maitriser-les-fondamentaux-du-numerique')
      ),
      choice(
        'business',
        'Créer mon activité',
        'Starting my own activity',
        theme('creer-une-entreprise--definir-son-projet-de-creation-dentreprise')
      ),
      choice(
        'rights',
        'Des démarches, des droits',
        'Paperwork, rights',
        theme('difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives')
      )
    ]
  },
  {
    key: 'for-whom',
    text: { fr: 'Pour qui surtout ?', en: 'For whom above all?' },
    why: {
      fr: 'Certains lieux et certaines aides sont réservés à un public.',
      en: 'Some places and funds are for certain people.'
    },
    how: {
      fr: 'S’il y a du monde différent, choisissez « Tout le monde ».',
      en: 'If they are all sorts of people, choose “Everybody”.'
    },
    doors: ['idea', 'need'],
    needs: [],
    choices: [
      choice('everybody', 'Tout le monde', 'Everybody', isFor('tous-publics')),
      choice('young', 'Des jeunes', 'Young people', isFor('jeunes')),
      choice('families', 'Des familles', 'Families', isFor('familles')),
      choice('older', 'Des personnes âgées', 'Older people', isFor('seniors')),
      choice(
        'job-seekers',
        'Des personnes qui cherchent un emploi',
        'People looking for work',
        isFor('demandeurs-emploi')
      )
    ]
  },
  {
    key: 'group',
    text: { fr: 'Qui porterait cet argent ?', en: 'Who would hold the money?' },
    why: {
      fr: 'Les aides ne sont pas les mêmes pour une association et pour une personne.',
      en: 'An association and a person do not get the same help.'
    },
    how: {
      fr: 'Pas d’association ? Ce n’est pas un obstacle : une autre peut porter.',
      en: 'No association? That is no obstacle: another may hold it.'
    },
    doors: ['idea', 'need'],
    needs: [{ question: 'looking-for', choices: ['money'] }],
    choices: [
      choice('association', 'Une association', 'An association'),
      choice('friends', 'Un groupe, sans association', 'A group without an association'),
      choice('alone', 'Moi, pour l’instant', 'Me, for now'),
      choice('company', 'Une entreprise', 'A company')
    ]
  },
  {
    key: 'how-many',
    text: { fr: 'Combien de personnes dans ce lieu ?', en: 'How many people in this place?' },
    why: { fr: 'Pour ne vous proposer que des salles où vous tenez.', en: 'To propose only rooms in which you fit.' },
    how: { fr: 'Une idée suffit.', en: 'A rough idea is enough.' },
    doors: ['idea', 'need'],
    needs: [{ question: 'looking-for', choices: ['room'] }],
    choices: [
      choice('few', 'Moins de 10', 'Fewer than 10'),
      choice('some', 'De 10 à 30', '10 to 30'),
      choice('many', 'Plus de 30', 'More than 30')
    ]
  },
  {
    key: 'giving',
    text: { fr: 'Qu’aimeriez-vous donner ?', en: 'What would you like to give?' },
    why: {
      fr: 'Pour vous dire où c’est utile, sans vous faire attendre.',
      en: 'To tell you where it is useful without making you wait.'
    },
    how: {
      fr: 'Choisissez ce qui vous fait envie. Vous pourrez changer.',
      en: 'Choose what you feel like. You can change.'
    },
    doors: ['help'],
    needs: [],
    choices: [
      choice('time', 'Du temps', 'Time', theme('remobilisation--benevolat-action-citoyenne')),
      choice('skill', 'Un savoir-faire', 'A skill', kind('person')),
      choice('equipment', 'Du matériel', 'Equipment', kind('equipment')),
      choice('room', 'Un lieu', 'A place', kind('room'))
    ]
  },
  {
    key: 'when',
    text: { fr: 'Plutôt quand ?', en: 'When, rather?' },
    why: { fr: 'Pour ne vous appeler que pour ce qui est possible.', en: 'To call you only for what is possible.' },
    how: { fr: 'Ce n’est pas un engagement.', en: 'It is not a commitment.' },
    doors: ['help'],
    needs: [{ question: 'giving', choices: ['time', 'skill'] }],
    choices: [
      choice('weekdays', 'En semaine, la journée', 'Weekdays'),
      choice('evenings', 'Le soir', 'Evenings'),
      choice('weekends', 'Le week-end', 'Weekends')
    ]
  }
];

function choice(key: string, fr: string, en: string, ...signals: Signal[]): IntakeChoice {
  return { key, label: { fr, en }, signals };
}

function theme(code: string): Signal {
  return { about: 'theme', code };
}

function isFor(code: string): Signal {
  return { about: 'public', code };
}

function kind(code: string): Signal {
  return { about: 'kind', code };
}
