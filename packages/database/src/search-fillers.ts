/** Words with which people ask rather than say what: they count only when nothing else is written. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    'je j tu il elle on nous vous ils cherche cherchons chercher recherche trouver trouve voudrais voudrait veux veut aimerais besoin ' +
    'faire fait ou comment quel quelle quels quelles est ce que qui quoi peut peux puis pouvez mon ma mes notre nos votre vos aide-moi ' +
    'pour avec sans dans chez pres autour moi svp merci bonjour quelqu un une des de du le la les'
  ).split(' ')
);
