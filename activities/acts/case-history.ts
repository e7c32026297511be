import { type CaseRecord, type CaseworkDeps, recordOf } from '#casework';
import { dayIn } from '#domain';
import type { HistoryRow } from '#letters';
import type { CaseRow, JournalRow } from '#ports';

/** Facts a reader of the file wants to see, in French; the others stay in `timeline.json`. */
const FACT_IN_FRENCH: Readonly<Record<string, string>> = {
  caseOpened: 'Dossier ouvert',
  paymentAllocated: 'Paiement reçu',
  paymentReversed: 'Paiement rejeté',
  balanceCorrected: 'Solde corrigé',
  promiseMade: 'Promesse de paiement',
  promiseEnded: 'Fin de la promesse',
  disputeOpened: 'Contestation ouverte',
  disputeResolved: 'Contestation close',
  holdPlaced: 'Suspension',
  callReported: 'Appel téléphonique',
  approvalDecided: 'Décision de la direction financière',
  deliveryReported: 'Accusé ou retour',
};

const ACT_IN_FRENCH: Readonly<Record<string, string>> = {
  courtesyMail: 'Rappel courtois',
  formalMail: 'Relance formelle',
  firmMail: 'Relance ferme',
  formalNotice: 'Mise en demeure',
  thankYou: 'Remerciement',
  promiseConfirmation: 'Confirmation de promesse',
};

/** The history for the summary, and the whole record for the machine-readable timeline. */
export async function caseHistory(deps: CaseworkDeps, row: CaseRow, zone: string): Promise<{ rows: HistoryRow[]; timeline: CaseRecord }> {
  const record = await deps.unitOfWork.plain((tx) => recordOf(tx, row));
  const facts = record.journal.filter((entry) => entry.kind in FACT_IN_FRENCH).map((entry) => factRow(entry));
  const messages = record.messages.map(
    (message): HistoryRow => ({
      on: message.slotOn,
      what: ACT_IN_FRENCH[message.act] ?? message.act,
      channel: message.channel === 'email' ? 'e-mail' : 'recommandé',
      proof: `SHA-256 ${(message.letterSha256 ?? message.bytesSha256 ?? '').slice(0, 16)}${message.acceptedAt ? `, remis le ${dayIn(message.acceptedAt, zone)}` : ''}`,
    }),
  );
  const rows = [...facts, ...messages].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return { rows, timeline: record };
}

function factRow(entry: JournalRow): HistoryRow {
  const outcome = typeof entry.cause.outcome === 'string' ? ` (${CALL_IN_FRENCH[entry.cause.outcome] ?? entry.cause.outcome})` : '';
  return {
    on: entry.effectiveOn,
    what: `${FACT_IN_FRENCH[entry.kind] ?? entry.kind}${outcome}`,
    channel: entry.kind === 'callReported' ? 'téléphone' : 'journal',
    proof: `empreinte ${entry.hash.slice(0, 16)}`,
  };
}

const CALL_IN_FRENCH: Readonly<Record<string, string>> = {
  attempted: 'sans réponse',
  reached: 'joint',
  notMade: 'non passé',
  noPhone: 'pas de numéro',
};
