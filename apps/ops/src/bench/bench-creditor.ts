import { setTimeout as sleep } from 'node:timers/promises';
import { createCreditor, type Actor, registerInvoice } from '#casework';
import { addDays, currency, type Day, day, dayIn } from '#domain';
import { TypeormOutboxQueue } from '#persistence';
import type { CreditorRow } from '#ports';
import type { BenchStack } from './bench-stack.js';
import { frenchCreditor } from './french-creditor.js';

export const BY: Actor = { actor: 'bench', role: 'finance' };

/** A French creditor in order, live: its timers run on the machine's clock. `sandbox` gives it the sandbox clock instead. */
export async function addCreditor(stack: BenchStack, creditorId: string, sandbox?: CreditorRow['clockAt']): Promise<void> {
  const { deps } = stack;
  const clockAt = sandbox ?? null;
  const row = frenchCreditor({ creditorId, live: !sandbox, sandbox: clockAt !== null, clockAt, createdAt: deps.clock.now() });
  await deps.unitOfWork.run(creditorId, 'exclusive', (tx) => createCreditor(tx, deps, row, BY));
}

const CHUNK = 25;
const REST_MS = 3_000;

/** Invoices of as many companies, all due on the same day and registered as the sandbox opens; the ids of their cases in the order of their numbers. */
export async function registerInvoices(stack: BenchStack, creditorId: string, count: number): Promise<string[]> {
  const { deps } = stack;
  const caseIds: string[] = [];
  for (let at = 0; at < count; at += CHUNK) {
    await deps.unitOfWork.run(creditorId, 'shared', async (tx) => {
      for (let row = at; row < Math.min(at + CHUNK, count); row++) {
        const made = await registerInvoice(
          tx,
          deps,
          creditorId,
          { facts: invoiceOf(row), kind: { kind: 'business', reason: 'siren' }, doubts: [] },
          BY,
        );
        caseIds[row] = made.caseIds[0] ?? '';
      }
    });
  }
  return caseIds;
}

/** Waits until the relay has told Temporal everything of a creditor, and everything it started has come to rest. */
export async function untilTold(stack: BenchStack, creditorId: string): Promise<void> {
  const outbox = new TypeormOutboxQueue(stack.dataSource);
  while ((await outbox.pending(creditorId)) > 0) await sleep(500);
  await sleep(REST_MS);
}

function invoiceOf(row: number): Parameters<typeof registerInvoice>[3]['facts'] {
  const buyer = {
    name: `Transports ${row}`,
    siren: siren(row),
    email: `compta${row}@client.example`,
    phone: '+33199000001',
    street: '3 quai des Arts',
    postcode: '13002',
    city: 'Marseille',
    country: 'FR',
  };
  return {
    documentKind: 'invoice',
    number: invoiceNumber(row),
    issuedOn: day('2026-01-27'),
    terms: [{ dueOn: day('2026-02-26') }],
    currency: currency('EUR'),
    grossMinor: 486_000n,
    prepaidMinor: 0n,
    payableMinor: 486_000n,
    precedingNumbers: [],
    buyer,
  };
}

/** The number on the invoice of a row of the bench. */
export function invoiceNumber(row: number): string {
  return `B-${String(row + 1).padStart(6, '0')}`;
}

/** A CSV file of `rows` invoices to a fifth as many French companies, due in the two months to come. */
export function invoiceFile(stack: BenchStack, rows: number): string {
  const today = dayIn(stack.deps.clock.now(), 'Europe/Paris');
  const lines = Array.from({ length: rows }, (_, row) => {
    const debtor = row % Math.max(1, Math.floor(rows / 5));
    const amount = `${100 + (row % 5_000)},${String(row % 100).padStart(2, '0')}`;
    return [
      invoiceNumber(row),
      french(addDays(today, -20)),
      french(addDays(today, 10 + (row % 60))),
      'EUR',
      amount,
      `Client ${debtor}`,
      siren(debtor),
      'entreprise',
      `compta${debtor}@client.example`,
      `${1 + (debtor % 90)} quai des Colis`,
      '13002',
      'Marseille',
      'FR',
    ].join(';');
  });
  const header =
    'Numéro de facture;Date de facture;Échéance;Devise;Montant TTC;Client;SIREN;Nature du client;Courriel;Adresse;Code postal;Ville;Pays';
  return [header, ...lines, ''].join('\n');
}

function french(on: Day): string {
  return `${on.slice(8, 10)}/${on.slice(5, 7)}/${on.slice(0, 4)}`;
}

/** Invented numbers with the right check digit (Luhn). */
export function siren(index: number): string {
  const digits = String(10_000_000 + index);
  const sum = [...digits].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
