import { type CaseRecord, type CaseworkDeps, recordOf } from '#casework';
import type { HistoryRow } from '#letters';
import type { CaseRow, JournalRow, OutboundMessageRow } from '#ports';

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
  firstReminder: 'Premier rappel gratuit',
  indemnityMail: 'Rappel avec indemnité',
  formalMail: 'Relance formelle',
  firmMail: 'Relance ferme',
  formalNotice: 'Mise en demeure',
  thankYou: 'Remerciement',
  promiseConfirmation: 'Confirmation de promesse',
};

/** The history for the summary, and the whole record for the machine-readable timeline. */
export async function caseHistory(deps: CaseworkDeps, row: CaseRow): Promise<{ rows: HistoryRow[]; timeline: CaseRecord }> {
  const record = await deps.unitOfWork.plain((tx) => recordOf(tx, row));
  return { rows: historyRows(record), timeline: record };
}

/** What was done, a line each: the day a message left and how, and what became of it. Nothing is called delivered that is only known to have left. */
export function historyRows(record: Pick<CaseRecord, 'journal' | 'messages'>): HistoryRow[] {
  const facts = record.journal.filter((entry) => entry.kind in FACT_IN_FRENCH).map((entry) => factRow(entry));
  const messages = record.messages.map(
    (message): HistoryRow => ({
      on: message.slotOn,
      what: ACT_IN_FRENCH[message.act] ?? message.act,
      channel: CHANNEL_IN_FRENCH[message.channel],
      proof: `SHA-256 ${(message.letterSha256 ?? message.bytesSha256 ?? '').slice(0, 16)}`,
    }),
  );
  // On one day the message first, then what was heard of it.
  return [...messages, ...facts].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

const CHANNEL_IN_FRENCH: Readonly<Record<OutboundMessageRow['channel'], string>> = {
  email: 'courriel',
  registeredPost: 'lettre recommandée',
  post: 'lettre simple',
  file: 'dossier',
};

const DELIVERY_IN_FRENCH: Readonly<Record<string, string>> = {
  'bounced email': 'Courriel revenu, non remis',
  'posted post': 'Lettre simple déposée à la poste',
  'posted registeredPost': 'Lettre recommandée déposée à la poste',
  'served registeredPost': 'Lettre recommandée remise ou mise à disposition',
  'returned registeredPost': 'Lettre recommandée revenue, adresse inconnue',
  'returned post': 'Lettre simple revenue, adresse inconnue',
};

function deliveryOf({ kind, cause }: Pick<JournalRow, 'kind' | 'cause'>): string | undefined {
  return kind === 'deliveryReported' ? DELIVERY_IN_FRENCH[`${String(cause.kind)} ${String(cause.channel)}`] : undefined;
}

function factRow(entry: JournalRow): HistoryRow {
  const outcome = typeof entry.cause.outcome === 'string' ? ` (${CALL_IN_FRENCH[entry.cause.outcome] ?? entry.cause.outcome})` : '';
  return {
    on: entry.effectiveOn,
    what: `${deliveryOf(entry) ?? FACT_IN_FRENCH[entry.kind] ?? entry.kind}${outcome}`,
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
