/** A whole day. */
const NOTE_MAX_MINUTES = 1440;

/** Hours and minutes as people type them: `75`, `1h15`, `1 h 15`, `1:15`; null when it cannot be read, or above `max`. */
export function readMinutes(text: string, max = NOTE_MAX_MINUTES): number | null {
  const plain = text.trim().toLowerCase().replace(/\s+/g, '');
  const hours = /^(\d{1,3})(?:h|:)(\d{0,2})(?:min|mn)?$/.exec(plain);
  const minutes = /^(\d{1,4})(?:min|mn|m)?$/.exec(plain);
  const value = hours ? Number(hours[1]) * 60 + Number(hours[2] || 0) : minutes ? Number(minutes[1]) : null;
  return value === null || value > max ? null : value;
}
