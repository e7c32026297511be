import { describe, expect, it } from 'vitest';
import { ClockNews } from './clock-news.js';
import type { RestClient } from './rest-client.js';

const VERDICT = {
  verdictId: 'v1',
  caseId: 'c1',
  title: 'Rappel avec indemnité',
  verdict: 'SENT',
  sentence: 'Envoyé.',
  until: null,
  messageId: 'm1',
  because: {},
};
const MESSAGE = {
  messageId: 'm1',
  act: 'indemnityMail',
  purpose: 'chase',
  channel: 'email',
  state: 'ACCEPTED',
  recipient: 'solene@courrier.example',
  subject: 'Votre facture',
  caseIds: ['c1'],
  letterSha256: null,
  statement: { members: [{ openPrincipalMinor: '21500', statement: { claimTotalMinor: '25150', currency: 'EUR' } }] },
};
const CASE = {
  debtor: { name: 'Solène Brindavoine' },
  invoiceNumber: 'B13',
  term: 1,
  openPrincipal: { amount: '215.00', currency: 'EUR' },
};

async function told(asks: object | null): Promise<string> {
  const get = async (path: string): Promise<object> => {
    if (path.includes('/verdicts')) return { items: [VERDICT] };
    if (path.includes('purpose=inform')) return { items: [] };
    return path.includes('/communications/') ? { ...MESSAGE, asks } : CASE;
  };
  const client = { get, all: async () => [] } as unknown as RestClient;
  const [line = ''] = await new ClockNews(client, 'a').since('2026-03-25T08:00:00.000Z', '2026-03-25T08:00:00.000Z');
  return line.replace(/[\u00a0\u202f]/g, ' ');
}

describe('the diary of a moved clock', () => {
  it('BE-1: says what the mail asks, indemnity included, and not the balance of the books', async () => {
    expect(await told({ amount: '251.50', currency: 'EUR' })).toBe(
      'Solène Brindavoine, facture B13 — Rappel avec indemnité, courriel à solene@courrier.example, 251,50 € : « Votre facture »',
    );
  });

  it('falls back on the principal for a message that was kept before sums were', async () => {
    expect(await told(null)).toContain('215,00 €');
  });
});
