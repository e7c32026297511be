import { day, isRefusal } from '#domain';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addRate, type RateAdded, type RateToAdd } from './add-rate.js';
import { statutesFrom, statuteTexts } from './load-statutes.js';
import { valueOn } from './value-on.js';

const ECB = 'eu.referenceRate.ecbMainRefinancing';
const ECB_FILE = 'eu/reference-rate/ecb-main-refinancing.yaml';
const TODAY = day('2027-01-04');

/** The shipped files as they are without any line from 2027 on: what is proven here stays true when the lines are really added. */
const shipped = statuteTexts(fileURLToPath(import.meta.resolve('#asset/statutes/data')));
const texts = new Map(
  [...shipped].map(([name, text]) => [name, text.replace(/^ {2}- \{ from: (2027|202[89]|20[3-9]\d)-.*value:.*\n/gm, '')]),
);

const wanted: RateToAdd = {
  key: ECB,
  from: '2027-01-01',
  until: '2027-06-30',
  value: '2.40',
  source: 'BCE, taux de refinancement (OPR) au 1er janvier 2027',
};

function added(rate: RateToAdd): RateAdded {
  const result = addRate(texts, rate, TODAY);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result;
}

function problems(rate: Partial<RateToAdd>): string {
  const result = addRate(texts, { ...wanted, ...rate }, TODAY);
  return 'problems' in result ? result.problems.join(' | ') : 'added';
}

describe('adding a rate', () => {
  it('A13: the half-year is refused before, is one added line and no other change, and is answered after', () => {
    expect(valueOn(statutesFrom(texts, 'x'), ECB, day('2027-01-15'))).toMatchObject({ refusal: 'statuteUnknown' });
    const result = added({ ...wanted, confidence: 'V', checkedOn: '2027-01-04' });
    const before = (texts.get(ECB_FILE) ?? '').split('\n');
    const after = result.text.split('\n');
    expect(after.toSpliced(result.lineNumber - 1, 1)).toEqual(before);
    expect(after[result.lineNumber - 1]).toBe(
      '  - { from: 2027-01-01, until: 2027-06-30, value: "2.40", confidence: V, checkedOn: 2027-01-04, source: "BCE, taux de refinancement (OPR) au 1er janvier 2027" }',
    );
    expect(result.line).toBe(after[result.lineNumber - 1]);
    const answer = valueOn(result.statutes, ECB, day('2027-01-15'));
    expect(isRefusal(answer) ? answer : [answer.value, answer.from, answer.until, answer.source.checkedOn]).toEqual([
      '2.40',
      '2027-01-01',
      '2027-06-30',
      '2027-01-04',
    ]);
    expect(valueOn(result.statutes, ECB, day('2027-07-01'))).toMatchObject({ refusal: 'statuteUnknown' });
  });

  it('the end of a half-year or a year need not be typed', () => {
    const { until: _, ...open } = wanted;
    expect(added(open).line).toContain('until: 2027-06-30');
    expect(added({ ...open, key: 'be.legalRate.civil', value: '4.25' }).line).toContain('until: 2027-12-31');
  });

  it('a missing half-year before others is put at its place, and a declared gap allows the one after it', () => {
    const late: RateToAdd = { key: 'fr.legalRate.professional', from: '2027-01-01', value: '2.70', source: 'Arrêté, 1er semestre 2027' };
    const first = added(late);
    const filled = addRate(new Map([...texts, [first.name, first.text]]), { ...late, from: '2026-07-01', value: '2.66' }, TODAY);
    if ('problems' in filled) throw new Error(filled.problems.join('\n'));
    expect(filled.lineNumber).toBe(first.lineNumber);
    expect(filled.text.indexOf('from: 2026-07-01, until: 2026-12-31, value')).toBeLessThan(filled.text.indexOf('from: 2027-01-01'));
    expect(valueOn(filled.statutes, late.key, day('2026-08-01'))).toMatchObject({ value: '2.66' });
  });

  it('a rule without a known end is replaced from a day on', () => {
    const result = added({ key: 'be.latePayment.defaultSpread', from: '2028-01-01', value: '9', source: 'Loi du 1er avril 2027, art. 2' });
    expect(valueOn(result.statutes, 'be.latePayment.defaultSpread', day('2027-12-31'))).toMatchObject({ value: '8', until: '2027-12-31' });
    expect(valueOn(result.statutes, 'be.latePayment.defaultSpread', day('2028-01-01'))).toMatchObject({ value: '9' });
  });

  it('a link goes beside the title, and quotes in a title do not break the file', () => {
    const result = added({ ...wanted, source: 'BCE, « taux "OPR" »', url: 'https://www.ecb.europa.eu/rates' });
    const answer = valueOn(result.statutes, ECB, day('2027-01-15'));
    expect(isRefusal(answer) ? answer : answer.source).toMatchObject({
      title: 'BCE, « taux "OPR" »',
      url: 'https://www.ecb.europa.eu/rates',
    });
  });

  it.each<[string, Partial<RateToAdd>, RegExp]>([
    ['an unknown key', { key: 'eu.referenceRate.fed' }, /ne s’appelle « eu\.referenceRate\.fed ».*ecbMainRefinancing/],
    ['a day that does not exist', { from: '2027-02-30' }, /--from.*2027-02-30/],
    ['an end that does not exist', { until: '2027-06-31' }, /--until.*2027-06-31/],
    ['a half-year that begins in March', { from: '2027-03-01' }, /avance par semestre.*1er mars 2027/],
    ['a half-year that ends early', { until: '2027-05-31' }, /finit le 30 juin 2027, et non le 31 mai 2027/],
    ['a decimal comma', { value: '2,40' }, /avec un point, 2\.40/],
    ['a value that is no number', { value: 'deux' }, /nombre décimal/],
    ['a rate above one hundred', { value: '240' }, /n’est pas un taux/],
    ['a half-year that is known', { from: '2026-07-01', until: '2026-12-31' }, /déjà une ligne du .*2026.*2\.40/],
    ['a hole', { from: '2027-07-01', until: '2027-12-31' }, /Rien n’est connu du .*janvier 2027 au 30 juin 2027/],
    ['an empty source', { source: ' ' }, /titre d’une ligne/],
    ['an address that is none', { url: 'ecb' }, /pas une adresse/],
    ['a mark that does not exist', { confidence: 'W' }, /V, V2, K, D, U/],
    ['V without the day of the check', { confidence: 'V' }, /--checked-on/],
    ['a check without V', { confidence: 'K', checkedOn: '2027-01-04' }, /va avec --confidence V/],
    ['a check in the future', { confidence: 'V', checkedOn: '2027-01-05' }, /pas encore passé/],
    ['a scale', { key: 'be.consumer.indemnityScale' }, /modifiez son fichier/],
    ['a rule that is not in force', { key: 'fr.unchallengedClaim.recordDays', value: '8' }, /n’est pas en vigueur/],
    [
      'a line inside an open one',
      { key: 'be.latePayment.defaultSpread', from: '2010-01-01', until: '2013-03-16', value: '7' },
      /chevaucherait celle du 16 mars 2013/,
    ],
  ])('%s is refused with a sentence', (_, rate, sentence) => {
    expect(problems(rate)).toMatch(new RegExp(sentence.source.replaceAll(' ', '[ \u202f\u00a0]')));
  });

  it('every fault of one line is told at once, and files that already do not load are told as such', () => {
    expect(problems({ from: 'x', value: 'y', source: '' }).split(' | ')).toHaveLength(3);
    const broken = addRate(new Map([...texts, ['zz.yaml', 'key: [']]), wanted, TODAY);
    expect('problems' in broken && broken.problems[0]).toMatch(/^zz\.yaml:1: /);
  });
});
