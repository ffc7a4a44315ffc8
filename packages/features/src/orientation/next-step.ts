import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Round } from './desk.ts';

/** What somebody whose request closes by itself can do next: whom to see, where. In the language of the request. */
export async function nextStepOf(
  tx: Tx,
  requestId: Id,
  { contact, place }: Round,
  structure: string | null
): Promise<string> {
  const { language } = await tx
    .selectFrom('request')
    .select('language')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  const isEnglish = language === 'en';
  if (structure) {
    return isEnglish
      ? `${structure} goes on with you: you can reach it directly.`
      : `${structure} continue avec vous : vous pouvez la joindre directement.`;
  }
  if (!contact) {
    return isEnglish ? `Talk to the ${place.name} team.` : `Parlez-en à l’équipe de ${place.name}.`;
  }
  const where = [contact.placeName, contact.address, contact.town].join(', ');
  const phone = contact.phone ? (isEnglish ? `, or call ${contact.phone}` : `, ou appelez le ${contact.phone}`) : '';
  return isEnglish ? `Come and talk about it: ${where}${phone}.` : `Venez en parler : ${where}${phone}.`;
}
