import { currency, decimalString, money } from '#domain';
import QRCode from 'qrcode';
import { cleanLine } from './clean-text.js';
import { LetterError } from './letter-error.js';

/** What an EPC 069-12 code asks the payer's bank app to fill in. */
export interface EpcTransfer {
  readonly beneficiary: string;
  readonly iban: string;
  readonly bic?: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Printed form; an ISO 11649 reference goes in the structured field, any other (Belgian +++…+++) as text. */
  readonly reference: string;
}

// Bounds of EPC 069-12, version 002: one field each, and 331 bytes in all.
const NAME_MAX = 70;
const STRUCTURED_MAX = 35;
const TEXT_MAX = 140;
const PAYLOAD_MAX_BYTES = 331;
const AMOUNT_MAX_MINOR = 99_999_999_999n;
const ISO_11649 = /^RF\d{2}[A-Z0-9]{1,21}$/;

/**
 * Text of the code, EPC 069-12 version 002, UTF-8, SEPA credit transfer; the structured reference or a text, never both.
 * Throws `LetterError('qrNotPossible')` on another currency than EUR, an amount outside 0.01–999 999 999.99 or a text too long.
 */
export function epcPayload(transfer: EpcTransfer): string {
  if (transfer.currency !== 'EUR') throw notPossible('currency', transfer.currency);
  if (transfer.amountMinor < 1n || transfer.amountMinor > AMOUNT_MAX_MINOR) throw notPossible('amount', transfer.amountMinor.toString());
  const compact = transfer.reference.replace(/\s/g, '').toUpperCase();
  const structured = ISO_11649.test(compact) && compact.length <= STRUCTURED_MAX;
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    (transfer.bic ?? '').replace(/\s/g, ''),
    Array.from(cleanLine(transfer.beneficiary)).slice(0, NAME_MAX).join('').trim(),
    transfer.iban.replace(/\s/g, '').toUpperCase(),
    `EUR${decimalString(money(transfer.amountMinor, currency('EUR')))}`,
    '',
    structured ? compact : '',
    structured ? '' : Array.from(cleanLine(transfer.reference)).slice(0, TEXT_MAX).join(''),
  ];
  const payload = lines.join('\n').replace(/\n+$/, '');
  if (Buffer.byteLength(payload, 'utf8') > PAYLOAD_MAX_BYTES) throw notPossible('length', String(Buffer.byteLength(payload, 'utf8')));
  return payload;
}

/** The code as SVG: one path, black on white, four modules of quiet zone; the same bytes for the same text. */
export function epcQrSvg(payload: string): string {
  const { modules } = QRCode.create(payload, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    }
  }
  const side = modules.size + 2 * quiet;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path fill="#000" d="${path}"/></svg>`;
}

/** The code as PNG in base64, four pixels a module: sharp at the 140 px a mail shows it at. */
export async function epcQrPng(payload: string): Promise<string> {
  const bytes = await QRCode.toBuffer(payload, { errorCorrectionLevel: 'M', margin: 4, scale: 4, type: 'png' });
  return bytes.toString('base64');
}

function notPossible(field: string, value: string): LetterError {
  return new LetterError('qrNotPossible', `No EPC code can be made: ${field} is ${value}`, { field, value });
}
