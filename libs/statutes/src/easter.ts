import { type Day, day } from '#domain';

/** Easter Sunday of a Gregorian year, by the anonymous Gregorian computus. Example: 2026 → 2026-04-05. */
export function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const lunarCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - lunarCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const count = epact + toSunday - 7 * late + 114;
  return day(`${year}-${twoDigits(Math.floor(count / 31))}-${twoDigits((count % 31) + 1)}`);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
