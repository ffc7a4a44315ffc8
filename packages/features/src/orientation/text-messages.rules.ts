/** Whether a number, in E.164, receives text messages. */
export function canReceiveSms(phone: string | null): phone is string {
  return phone !== null && MOBILE.test(phone);
}

/** Numbers that receive text messages, in E.164: those of France and of its territories overseas. */
const MOBILE = /^\+(33[67]|590690|590691|594694|596696|596697|262692|262693|262639|508|687|689|681)/;
