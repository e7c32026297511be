import type { MessageDraft } from '#casework';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { claimGrounds, standingObjection } from './claim-grounds.js';

type Member = MessageDraft['members'][number];

function member(invoice: Partial<Member['invoice']>, more: Partial<Member> = {}): Member {
  const bare = { number: 'A2', issuedOn: day('2026-01-27'), orderReference: null, description: null, termsText: null };
  return { invoice: { ...bare, ...invoice }, credits: [], ...more } as unknown as Member;
}

describe('what a claim rests on, for whoever takes it over', () => {
  it('names the invoice with its day, the order, what was sold and the terms printed on it', () => {
    const whole = { orderReference: 'BC-7714', description: 'Hayons sur mesure,\n douze pièces', termsText: '30 jours nets' };
    expect(claimGrounds([member(whole)])).toEqual([
      'Facture A2 du 27 janvier 2026, commande BC-7714\u202f: Hayons sur mesure, douze pièces',
      'Facture A2, conditions de paiement imprimées\u202f: 30 jours nets',
    ]);
  });

  it('says no more than is known', () => {
    expect(claimGrounds([member({}), member({ number: 'A5', description: 'Pose' })])).toEqual([
      'Facture A2 du 27 janvier 2026',
      'Facture A5 du 27 janvier 2026\u202f: Pose',
    ]);
  });

  it('tells an objection to which the creditor did not yield, and no other', () => {
    const past = (maintained: boolean) => [{ kind: 'disputeAnswered' as const, openedOn: day('2026-03-09'), maintained }];
    expect(standingObjection([member({}, { past: past(true) })])).toEqual({
      undisputed: false,
      disputeNote: 'élevée le 9 mars 2026, examinée, la créance est maintenue',
    });
    expect(standingObjection([member({}, { past: past(false) })])).toEqual({ undisputed: true });
    expect(standingObjection([member({})])).toEqual({ undisputed: true });
  });
});
