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

  it('holidays are announced a year before they run out', () => {
    expect(codes('2034-12-30')).not.toContain('holidaysEnd FR');
    expect(codes('2034-12-31')).toContain('holidaysEnd FR');
  });

  it('each finding is a French sentence', () => {
    const [finding] = statuteWatch(statutes, day('2026-12-01')).filter((f) => f.key === 'fr.latePayment.defaultSpread');
    expect(finding?.sentence).toBe('Majoration du taux BCE à défaut de clause\u202f: aucune valeur après le 31 décembre 2026.');
  });
});
