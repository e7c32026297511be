import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { ValuedCase } from './value-book.js';
import { plainAmount } from './value-book-totals.js';

const HEADER = [
  'Dossier',
  'Facture',
  'Échéance n°',
  'Débiteur',
  'Régime',
  'Devise',
  'Échéance',
  'Principal comptable',
  'Principal restant',
  'Intérêts',
  'Indemnité',
  'Total',
  'Motif du refus',
];

/** Characters written in one go: a write a line would cost more than the valuation. */
const CHUNK = 65_536;

/**
 * One line a case, semicolons and decimal commas as in the files that are imported. It is written beside its name and takes it when whole, so
 * that an interrupted run leaves no file that looks complete. Only its owner reads it: it names debtors.
 */
export class BookCsv {
  private readonly stream: WriteStream;
  private failure: Error | undefined;
  private pending = '';

  private constructor(
    private readonly file: string,
    private readonly partial: string,
  ) {
    this.stream = createWriteStream(partial, { encoding: 'utf8', mode: 0o600, flags: 'w' });
    this.stream.on('error', (error) => {
      this.failure = error;
    });
  }

  /** Opens the file; throws when it cannot be written. */
  static async open(file: string): Promise<BookCsv> {
    const csv = new BookCsv(file, `${file}.part`);
    await once(csv.stream, 'open');
    await csv.line(HEADER);
    return csv;
  }

  /** Waits when the disk is slower than the reading. */
  async write(valued: ValuedCase): Promise<void> {
    const { currency, statement, refusal } = valued;
    const amount = (minor: bigint | undefined): string => (minor === undefined ? '' : plainAmount(minor, currency).replace('.', ','));
    await this.line([
      valued.caseId,
      valued.invoiceNumber,
      String(valued.term),
      valued.debtorName,
      valued.regime,
      currency,
      valued.dueOn,
      amount(valued.openPrincipalMinor),
      amount(statement?.imputedPrincipalMinor),
      amount(statement?.interestOpenMinor),
      amount(statement?.compensationOpenMinor),
      amount(statement?.claimTotalMinor),
      refusal?.refusal ?? '',
    ]);
  }

  /** Ends the file under its own name. */
  async keep(): Promise<void> {
    await this.flush();
    await this.end();
    await rename(this.partial, this.file);
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await this.end().catch(() => undefined);
    await rm(this.partial, { force: true });
  }

  private async line(cells: readonly string[]): Promise<void> {
    this.pending += `${cells.map(cell).join(';')}\n`;
    if (this.pending.length >= CHUNK) await this.flush();
  }

  private async flush(): Promise<void> {
    if (this.failure) throw this.failure;
    const text = this.pending;
    this.pending = '';
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }

  private async end(): Promise<void> {
    if (!this.stream.destroyed) await new Promise<void>((resolve) => this.stream.end(resolve));
    if (this.failure) throw this.failure;
  }
}

/** Quoted where needed; text that a spreadsheet would run as a formula is kept text by an apostrophe. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
