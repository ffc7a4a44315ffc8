/**
 * The kinds of message that nobody is obliged to receive, each refused apart. Everything else is essential: it answers
 * what its reader just asked, or tells of a decision about them.
 */
export const MESSAGE_KINDS = [
  'alerts',
  'appointments',
  'deadlines',
  'freshness',
  'plans',
  'posts',
  'requests',
  'surveys',
  'talk'
] as const;

export type MessageKind = (typeof MESSAGE_KINDS)[number];

export function isMessageKind(text: string): text is MessageKind {
  return (MESSAGE_KINDS as readonly string[]).includes(text);
}
