import { type CallSheetFacts, callSheetFacts, type CaseworkDeps, refusal } from '#casework';
import { amountToPay, type LastCallContent, LetterError, renderLastCallSheet } from '#letters';
import { pdfName } from '../acts/file-names.js';
import { eventRow, remarkLine, roleName } from './call-sheet-words.js';

export interface CallSheetRequest {
  readonly creditorId: string;
  readonly callId: string;
  /** One of the call's cases; left out: the firmest and oldest. */
  readonly caseId?: string;
  /** Language of the person who calls. */
  readonly language: 'fr' | 'nl' | 'en';
}

export interface CallSheet {
  readonly pdf: Uint8Array;
  readonly fileName: string;
}

/**
 * The page for an open call, as of this moment: a part payment of this morning is on it, so it is drawn when it is asked for and not kept. Throws
 * `RefusedError`: those of `callSheetFacts`, and `callSheetImpossible` naming what the letters' own check refused.
 */
export async function renderCallSheet(deps: CaseworkDeps, request: CallSheetRequest): Promise<CallSheet> {
  const facts = await deps.unitOfWork.plain((tx) => callSheetFacts(tx, deps, request));
  try {
    return { pdf: renderLastCallSheet(callSheetContent(facts)), fileName: pdfName('callSheet', request.language, facts.caseReference) };
  } catch (error) {
    if (error instanceof LetterError) throw refusal('callSheetImpossible', { because: error.code, says: error.message.slice(0, 300) });
    throw error;
  }
}

/** The facts of a call in the words of its sheet. */
export function callSheetContent(facts: CallSheetFacts): LastCallContent {
  const { letter, caseReference, otherInvoices, promisesLeft, isCourtesy } = facts;
  const { language } = letter;
  const code = letter.invoices[0]?.currency ?? '';
  const content: LastCallContent = {
    ...letter,
    act: 'lastCallSheet',
    tone: isCourtesy ? 'friendly' : 'firm',
    caseReference,
    callTitle: facts.title[language] ?? facts.title.fr,
    isCourtesy,
    otherInvoices,
    promisesLeft,
    phones: facts.phones.map(({ number, name, role }) => ({ number, ...(name ? { name } : {}), role: roleName(role, language) })),
    history: facts.events.map((event) => eventRow(event, language, code)),
    disputes: facts.remarks.map((remark) => remarkLine(remark, language)),
    ...(facts.latestDateOn ? { latestDateOn: facts.latestDateOn } : {}),
    ...(facts.nextStep ? { nextStep: facts.nextStep } : {}),
  };
  return { ...content, payment: { ...letter.payment, amountMinor: amountToPay(content) } };
}
