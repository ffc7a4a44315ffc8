/* The messages of saved searches, in the language of whoever saved them. */

export interface ConfirmWords {
  readonly label: string;
  readonly territory: string;
  readonly link: string;
}

/** Asks whoever owns an address whether the alert is theirs. */
export function confirmAlertMail(language: string, { label, territory, link }: ConfirmWords) {
  return language === 'en'
    ? {
        subject: `Start the alert “${label}”?`,
        text: `Hello,\n\nSomebody, probably you, asked to be told what is new in ${territory} for:\n${label}\n\nTo start, open this page and press the button:\n${link}\n\nIt was not you? Do nothing: without your yes, nothing else will be sent and your address is erased in a week.\n`
      }
    : {
        subject: `Commencer l’alerte « ${label} » ?`,
        text: `Bonjour,\n\nQuelqu’un, sans doute vous, a demandé à connaître les nouveautés de ${territory} pour :\n${label}\n\nPour commencer, ouvrez cette page et appuyez sur le bouton :\n${link}\n\nCe n’était pas vous ? Ne faites rien : sans votre oui, rien d’autre ne partira et votre adresse est effacée dans une semaine.\n`
      };
}

export function confirmAlertSms(language: string, { label, territory, link }: ConfirmWords): string {
  return language === 'en'
    ? `${territory}: start the alert “${label}”? If you asked for it: ${link}`
    : `${territory} : commencer l’alerte « ${label} » ? Si vous l’avez demandée : ${link}`;
}

/** The news of one search: the first of them, and how many there are in all. */
export interface SearchNews {
  readonly label: string;
  readonly lines: readonly { readonly title: string; readonly link: string }[];
  readonly total: number;
  /** The search itself. */
  readonly link: string;
}

export interface NewsWords {
  readonly territory: string;
  readonly news: readonly SearchNews[];
  /** Where searches are changed. */
  readonly manage: string;
}

export function newsMail(language: string, { territory, news, manage }: NewsWords) {
  const isEnglish = language === 'en';
  const total = news.reduce((sum, one) => sum + one.total, 0);
  const blocks = news.map((one) => blockOf(isEnglish, one)).join('\n\n');
  return isEnglish
    ? {
        subject: `${territory}: ${total === 1 ? 'one thing' : `${total} things`} new for you`,
        text: `Hello,\n\nHere is what is new since the last time.\n\n${blocks}\n\nTo change or stop an alert:\n${manage}\n`
      }
    : {
        subject: `${territory} : ${total === 1 ? 'une nouveauté' : `${total} nouveautés`} pour vous`,
        text: `Bonjour,\n\nVoici ce qui est nouveau depuis la dernière fois.\n\n${blocks}\n\nPour changer ou arrêter une alerte :\n${manage}\n`
      };
}

function blockOf(isEnglish: boolean, { label, lines, total, link }: SearchNews): string {
  const left = total - lines.length;
  const more = isEnglish ? `and ${left} more: ${link}` : `et ${left} de plus : ${link}`;
  return [
    isEnglish ? `“${label}”` : `« ${label} »`,
    ...lines.map((line) => `- ${line.title}\n  ${line.link}`),
    ...(left > 0 ? [more] : [])
  ].join('\n');
}

export function newsSms(language: string, { territory, news }: NewsWords): string {
  const total = news.reduce((sum, one) => sum + one.total, 0);
  const first = news[0]!;
  return language === 'en'
    ? `${territory}: ${total} new for “${first.label}”: ${first.link}`
    : `${territory} : ${total} ${total === 1 ? 'nouveauté' : 'nouveautés'} pour « ${first.label} » : ${first.link}`;
}
