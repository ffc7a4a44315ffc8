/**
 * The opening-hours library reads and builds dates in the time zone of the server, whose own changes of hour would
 * then leak into a territory's hours. While `work` runs, `Date` is one whose local time is UTC, so that a wall-clock
 * time can be handed over as if it were UTC. `work` must be synchronous: nothing else can run in between.
 */
export function onWallClock<Value>(work: () => Value): Value {
  const real = globalThis.Date;
  globalThis.Date = WallDate as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = real;
  }
}

/** The wall-clock `date` (`YYYY-MM-DD`) and `time` (`HH:MM`) as the library will read it inside {@link onWallClock}. */
export function wallDate(date: string, time: string): Date {
  return new WallDate(Date.parse(`${date}T${time}:00Z`));
}

const RealDate = globalThis.Date;

class WallDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super();
    else if (parts.length === 1) super(parts[0] as number);
    else super(RealDate.UTC(...(parts as [number, number])));
  }

  override getFullYear() {
    return this.getUTCFullYear();
  }
  override getMonth() {
    return this.getUTCMonth();
  }
  override getDate() {
    return this.getUTCDate();
  }
  override getDay() {
    return this.getUTCDay();
  }
  override getHours() {
    return this.getUTCHours();
  }
  override getMinutes() {
    return this.getUTCMinutes();
  }
  override getSeconds() {
    return this.getUTCSeconds();
  }
  override getMilliseconds() {
    return this.getUTCMilliseconds();
  }
  override getTimezoneOffset() {
    return 0;
  }
  override setFullYear(year: number, month = this.getUTCMonth(), day = this.getUTCDate()) {
    return this.setUTCFullYear(year, month, day);
  }
  override setMonth(month: number, day = this.getUTCDate()) {
    return this.setUTCMonth(month, day);
  }
  override setDate(day: number) {
    return this.setUTCDate(day);
  }
  override setHours(
    hours: number,
    minutes = this.getUTCMinutes(),
    seconds = this.getUTCSeconds(),
    ms = this.getUTCMilliseconds()
  ) {
    return this.setUTCHours(hours, minutes, seconds, ms);
  }
  override setMinutes(minutes: number, seconds = this.getUTCSeconds(), ms = this.getUTCMilliseconds()) {
    return this.setUTCMinutes(minutes, seconds, ms);
  }
  override setSeconds(seconds: number, ms = this.getUTCMilliseconds()) {
    return this.setUTCSeconds(seconds, ms);
  }
  override setMilliseconds(ms: number) {
    return this.setUTCMilliseconds(ms);
  }
}
