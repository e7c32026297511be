import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { loadStatutes } from './load-statutes.js';
import { statuteWatch } from './statute-watch.js';

const statutes = loadStatutes();
const codes = (today: string) => statuteWatch(statutes, day(today)).map((finding) => `${finding.code} ${finding.key}`);

describe('the watch over legal values', () => {
  it('thirty days before the last known half-year ends, staff are told which series end', () => {
    expect(codes('2026-11-30')).not.toContain('seriesEnds eu.referenceRate.ecbMainRefinancing');
    expect(codes('2026-12-01')).toContain('seriesEnds eu.referenceRate.ecbMainRefinancing');
    expect(codes('2026-12-01')).toContain('seriesEnds fr.latePayment.defaultSpread');
    expect(codes('2026-12-01')).not.toContain('seriesEnds be.latePayment.defaultSpread');
  });

  it('a series that has already ended is told apart', () => {
    expect(codes('2026-11-22')).toContain('seriesEnded fr.legalRate.professional');
    expect(codes('2027-01-01')).toContain('seriesEnded eu.referenceRate.ecbMainRefinancing');
  });

  it('a value in force that nobody read at its source is named, a checked one only after a year', () => {
    expect(codes('2026-11-22')).toContain('neverChecked eu.referenceRate.ecbMainRefinancing');
    expect(codes('2026-03-02')).not.toContain('neverChecked eu.referenceRate.ecbMainRefinancing');
    expect(codes('2027-11-22')).not.toContain('checkTooOld fr.latePayment.fixedCompensation');
    expect(codes('2027-11-23')).toContain('checkTooOld fr.latePayment.fixedCompensation');
  });

  it('a usage of the trade has no source that could be read again', () => {
    expect(codes('2030-01-01').filter((code) => /fr\.(business|consumer|contact|agency)\./.test(code))).toEqual([]);
  });

  it('a half-year that was skipped is named even after the next one came', () => {
    const key = 'fr.legalRate.professional';
    const parameter = statutes.parameters.get(key);
    if (!parameter) throw new RangeError(key);
    const values = parameter.values.filter(({ from }) => from < '2026-07-01');
    const next = { ...values[0], from: day('2027-01-01'), until: day('2027-06-30') } as (typeof values)[number];
    const made = { ...statutes, parameters: new Map([[key, { ...parameter, values: [...values, next] }]]) };
    const [finding] = statuteWatch(made, day('2027-02-01')).filter(({ code }) => code === 'valueMissing');
    expect(finding?.sentence).toBe(
      "Taux de l'intérêt légal, créanciers professionnels («\u202fautres cas\u202f»)\u202f: aucune valeur du 1er juillet 2026 au 31 décembre 2026 (arrêté de juin 2026 pas encore lu).",
    );
    expect(statuteWatch(made, day('2027-02-01')).map(({ code }) => code)).not.toContain('seriesEnded');
  });

  it('bills and announcements are recalled with the day somebody last looked, and L441-10 with the day it is said to end', () => {
    const bills = statuteWatch(statutes, day('2026-11-22')).filter(({ code }) => code === 'pendingRule');
    expect(bills.map(({ key, on }) => `${key} ${on ?? ''}`.trim())).toEqual([
      'fr.latePayment.defaultSpread 2027-01-01',
      'fr.paymentTerm.fineCompany',
      'fr.paymentTerm.fineRepeatYears',
      'fr.unchallengedClaim.commandMonths',
      'fr.unchallengedClaim.recordDays',
    ]);
    expect(bills[2]?.sentence).toBe(
      'PPL 83 (pratiques de paiement)\u202f: le délai de réitération passerait à trois ans. Non appliqué\u202f; dernier examen le 22 novembre 2026.',
    );
  });

  it('holidays are announced a year before they run out', () => {
    expect(codes('2034-12-30')).not.toContain('holidaysEnd FR');
    expect(codes('2034-12-31')).toContain('holidaysEnd FR');
  });

  it('each finding is a French sentence', () => {
    const [finding] = statuteWatch(statutes, day('2026-12-01')).filter((f) => f.key === 'fr.latePayment.defaultSpread');
    expect(finding?.sentence).toBe('Majoration du taux BCE à défaut de clause\u202f: aucune valeur après le 31 décembre 2026.');
  });
});
