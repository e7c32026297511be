import type { BusinessCalendar, LegalDelay } from '#domain';

/** Delays with a name for their article: the dated ones are proved elsewhere. */
export const source = (article: string) => ({ article, title: 'Texte' });
export const delay = (count: number, unit: LegalDelay['unit'], article: string): LegalDelay => ({ count, unit, source: source(article) });
/** Only 11 November 2026 is a holiday. */
export const calendar: BusinessCalendar = { territory: 'FR', isHoliday: (on) => on === '2026-11-11' };

/** What was asked of a calculator, and what it answered. */
export type Asked = readonly (readonly [string, unknown])[];
