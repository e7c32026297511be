import { frenchAmount, frenchDay, isCurrency } from '#domain';
import type { BookValue } from './value-book.js';
import { type BookLine, plainAmount } from './value-book-totals.js';

/** How a valuation went, beside its sums. */
export interface BookRun {
  readonly seconds: number;
  /** Processor time of this process. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** The book in words: a paragraph a regime and currency, what could not be reckoned with its reason, and what the run took. */
export function bookPage(value: BookValue, run: BookRun): string[] {
  const { cases, lines, on, creditorId } = value;
  const head = `${creditorId}, dossiers ouverts, valeur au ${frenchDay(on)}\u202f: ${count(cases)}`;
  const rate = run.seconds > 0 ? `, ${Math.round(cases / run.seconds)} par seconde` : '';
  return [
    head,
    ...lines.flatMap((line) => ['', ...lineOf(line)]),
    '',
    `${run.seconds.toFixed(1).replace('.', ',')} s${rate}, mémoire au plus ${Math.round(run.peakMiB)} Mio`,
  ];
}

function lineOf({ regime, currency, stated, refused, openPrincipalMinor }: BookLine): string[] {
  const amount = (minor: bigint): string => (isCurrency(currency) ? frenchAmount(minor, currency) : `${minor} ${currency}`);
  const rows: string[] = [`${regime}, ${currency}\u202f: principal comptable ${amount(openPrincipalMinor)}`];
  if (stated.cases > 0) {
    const sums = `principal restant ${amount(stated.principalMinor)}, intérêts ${amount(stated.interestMinor)}, indemnités ${amount(stated.lumpSumMinor)}`;
    rows.push(`  calculés\u202f: ${count(stated.cases)}, ${sums}, total ${amount(stated.claimMinor)}`);
  }
  for (const { code, cases, principalMinor } of refused)
    rows.push(`  non calculés, ${code}\u202f: ${count(cases)}, principal ${amount(principalMinor)}`);
  return rows;
}

function count(cases: number): string {
  return `${String(cases).replace(/\B(?=(\d{3})+$)/g, '\u202f')} ${cases > 1 ? 'dossiers' : 'dossier'}`;
}

/** The same as JSON: amounts as plain decimals. */
export function bookJson(value: BookValue, run: BookRun): object {
  return {
    creditorId: value.creditorId,
    on: value.on,
    cases: value.cases,
    lines: value.lines.map(({ regime, currency, stated, refused, openPrincipalMinor }) => {
      const amount = (minor: bigint) => plainAmount(minor, currency);
      return {
        regime,
        currency,
        openPrincipal: amount(openPrincipalMinor),
        stated: {
          cases: stated.cases,
          principal: amount(stated.principalMinor),
          interest: amount(stated.interestMinor),
          lumpSums: amount(stated.lumpSumMinor),
          total: amount(stated.claimMinor),
        },
        refused: refused.map(({ code, cases, principalMinor }) => ({ code, cases, principal: amount(principalMinor) })),
      };
    }),
    seconds: Number(run.seconds.toFixed(2)),
    cpuSeconds: Number(run.cpuSeconds.toFixed(2)),
    peakMiB: Math.round(run.peakMiB),
  };
}
