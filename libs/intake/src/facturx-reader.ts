import { isCii, readGuardedCii } from './cii-reader.js';
import { type Finding, isFinding, quoted, refused } from './finding.js';
import type { ReadRow } from './invoice-record.js';
import { attachmentsOf, type PdfAttachment } from './pdf/pdf-attachments.js';
import { isPdfBomb } from './pdf/pdf-bounds.js';
import { isUbl, readGuardedUbl } from './ubl-reader.js';
import { guardXml, MAX_FILE_BYTES } from './xml/xml-guard.js';

/** Names under which the hybrid formats attach the invoice, best first (Factur-X and ZUGFeRD 2.1+, ZUGFeRD 2.0, 1.0, XRechnung). */
const INVOICE_NAMES = ['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml'];
/** Order-X carries an order, not an invoice. */
const ORDER_NAMES = ['order-x.xml'];

/** Reads the invoice attached to a Factur-X or ZUGFeRD PDF. Never throws on what is in the bytes. */
export async function readFacturX(bytes: Uint8Array): Promise<ReadRow> {
  const attached = await invoiceAttachedTo(bytes);
  if (isFinding(attached)) return { row: 1, findings: [attached] };
  const xml = guardXml(attached.xml);
  if ('severity' in xml) return { row: 1, findings: [xml] };
  if (isCii(xml)) return readGuardedCii(xml, 'facturx');
  if (isUbl(xml)) {
    const read = readGuardedUbl(xml);
    return read.record === undefined ? read : { ...read, record: { ...read.record, source: { format: 'facturx' } } };
  }
  const message = `La pièce jointe ${quoted(attached.name)} du PDF n’est pas une facture électronique connue (racine ${quoted(xml.root)}).`;
  return { row: 1, findings: [refused('xmlRootUnknown', message, { field: `/${xml.root}` })] };
}

/** The XML file that a hybrid PDF carries, as it is. */
export async function invoiceAttachedTo(bytes: Uint8Array): Promise<{ name: string; xml: Uint8Array } | Finding> {
  if (bytes.length > MAX_FILE_BYTES) return refused('fileTooLarge', 'Le PDF dépasse 10\u202fMio.');
  if (isPdfBomb(bytes)) return refused('pdfTooLarge', 'Le PDF se déploie en trop de données\u202f; exportez-le à nouveau.');
  let attachments: PdfAttachment[];
  try {
    attachments = await attachmentsOf(bytes, MAX_FILE_BYTES);
  } catch (error) {
    if (error instanceof Error && /encrypt/i.test(error.message)) {
      return refused('pdfEncrypted', 'Le PDF est protégé\u202f; fournissez-le sans mot de passe.');
    }
    return refused('pdfUnreadable', 'Le PDF est abîmé ou incomplet\u202f; exportez-le à nouveau.');
  }
  return chooseAttachment(attachments);
}

function chooseAttachment(attachments: readonly PdfAttachment[]): { name: string; xml: Uint8Array } | Finding {
  const named = (names: readonly string[]) =>
    names.map((name) => attachments.find((one) => baseName(one.name) === name)).find((one) => one !== undefined);
  const found = named(INVOICE_NAMES);
  if (found !== undefined) return bytesOf(found);
  if (named(ORDER_NAMES) !== undefined) return refused('pdfCarriesOrder', 'Le PDF porte une commande (Order-X), pas une facture.');
  // Some tools choose their own name: a single XML attachment is the invoice, several are ambiguous.
  const [only, another] = attachments.filter((one) => baseName(one.name).endsWith('.xml'));
  if (only !== undefined && another === undefined) return bytesOf(only);
  if (only !== undefined) {
    return refused(
      'pdfSeveralXml',
      'Le PDF porte plusieurs fichiers XML sans nom convenu (factur-x.xml)\u202f; la facture n’est pas reconnaissable.',
    );
  }
  return refused(
    'pdfWithoutInvoice',
    'Ce PDF ne porte pas de facture électronique (aucune pièce jointe factur-x.xml)\u202f; importez le fichier structuré ou saisissez la facture.',
  );
}

function bytesOf({ name, bytes }: PdfAttachment): { name: string; xml: Uint8Array } | Finding {
  if (bytes !== undefined) return { name, xml: bytes };
  return refused('pdfAttachmentUnreadable', `La pièce jointe ${quoted(name)} du PDF est trop grande ou n’est pas lisible.`);
}

function baseName(name: string): string {
  return (name.split(/[\\/]/).pop() ?? name).toLowerCase();
}
