// Dates as the reader's own language writes them.

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const calendarDay = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

/** The day of a moment, in the reader's time zone. */
export const dayOf = moment => day.format(new Date(moment));

/** A date without a time, which is the same day everywhere. */
export const dateOf = date => calendarDay.format(new Date(`${date}T00:00:00Z`));
