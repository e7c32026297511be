import { createCreditor, type Actor } from '#casework';
import { addDays, type Day, dayIn } from '#domain';
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
