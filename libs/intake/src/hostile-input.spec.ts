import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { day } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInvoiceCsv } from './csv/invoice-csv.js';
import { readPaymentCsv } from './csv/payment-csv.js';
import { readInvoiceFile } from './invoice-file.js';
import { readUbl } from './ubl-reader.js';
import { guardXml } from './xml/xml-guard.js';

const today = day('2026-03-02');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const invoice = readFileSync(fileURLToPath(new URL('../../../test/fixtures/ok/ubl-three-instalments.xml', import.meta.url)), 'utf8');
const pdf = readFileSync(fileURLToPath(new URL('../../../test/fixtures/ok/factur-x-minimum.pdf', import.meta.url)));

/** Milliseconds that `work` takes. */
function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('hostile XML', () => {
  it('refuses 10,000 nested elements at once, without recursion', () => {
    const deep = bytes(`${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`);
    expect(timed(() => expect(guardXml(deep)).toMatchObject({ code: 'xmlTooDeep', severity: 'refused' }))).toBeLessThan(200);
    const inside = bytes(
      invoice.replace('<cac:PaymentMeans>', `<cac:PaymentMeans>${'<cbc:x>'.repeat(10_000)}${'</cbc:x>'.repeat(10_000)}`),
    );
    expect(readUbl(inside).findings).toMatchObject([{ code: 'xmlTooDeep' }]);
  });

  it('refuses 20 MB of anything before looking into it', async () => {
    const large = new Uint8Array(20 * 1024 * 1024).fill(0x3c);
    for (const name of ['a.xml', 'a.pdf', 'a.csv']) {
      expect((await readInvoiceFile(large, name, { today })).findings).toMatchObject([{ code: 'fileTooLarge' }]);
    }
    expect(readInvoiceCsv(large).findings).toMatchObject([{ code: 'fileTooLarge' }]);
  });

  it('refuses more elements than an invoice can need', () => {
    expect(guardXml(bytes(`<r>${'<a/>'.repeat(250_001)}</r>`))).toMatchObject({ code: 'xmlTooManyElements' });
  });

  it('refuses what would keep a parser busy: attributes, instructions, CDATA, nested PDF arrays and JSON', async () => {
    const hostile: readonly (readonly [string, string])[] = [
      [
        invoice.replace(
          '<cac:InvoiceLine>',
          `<cac:InvoiceLine ${Array.from({ length: 100_000 }, (_, index) => `a${index}="x"`).join(' ')}>`,
        ),
        'xmlTooManyElements',
      ],
      [invoice.replace('<cac:PaymentMeans>', `${'<?a b?>'.repeat(100_000)}<cac:PaymentMeans>`), 'xmlTooManyElements'],
      [invoice.replace('F-2026-005', '<![CDATA[a]]>'.repeat(100_000)), 'xmlTooManyElements'],
      [`%PDF-1.7\n1 0 obj\n${'['.repeat(1_000_000)}`, 'pdfTooLarge'],
      [`%PDF-1.7\n1 0 obj\n(\\)[[)${'<</A '.repeat(1_000_000)}`, 'pdfTooLarge'],
      [`{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`, 'fileTooLarge'],
    ];
    for (const [content, code] of hostile) {
      const start = performance.now();
      expect((await readInvoiceFile(bytes(content), 'x', { today })).findings).toMatchObject([{ code }]);
      expect(performance.now() - start, code).toBeLessThan(2_000);
    }
  });

  it('refuses a document type hidden behind comments, and nothing that only looks like one', () => {
    expect(readUbl(bytes(invoice.replace('<Invoice', '<!-- a --><!DOCTYPE Invoice SYSTEM "x"><Invoice'))).findings).toMatchObject([
      { code: 'xmlDoctype' },
    ]);
    expect(readUbl(bytes(invoice.replace('<Invoice', '<!-- <!DOCTYPE a> --><Invoice'))).record).toBeDefined();
    expect(readUbl(bytes(invoice.replace('F-2026-005', '<![CDATA[<!DOCTYPE a>]]>'))).record?.number).toBe('<!DOCTYPE a>');
  });

  it('refuses a second root and text after the end', () => {
    expect(guardXml(bytes('<a/><b/>'))).toMatchObject({ code: 'xmlMalformed' });
    expect(guardXml(bytes('<a></b></a></a>'))).toMatchObject({ code: 'xmlMalformed' });
  });

  it('reads elements named like members of every object as nothing special', () => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
      const { record, findings } = readUbl(bytes(invoice.replace('<cac:PaymentMeans>', `<cac:PaymentMeans><cbc:${name}>x</cbc:${name}>`)));
      expect(record?.number ?? findings[0]?.code, name).toMatch(/F-2026-005|xmlMalformed/);
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('never throws on any bytes, nor on a damaged invoice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (random) => {
        await readInvoiceFile(random, 'x', { today });
        readPaymentCsv(random);
      }),
      { numRuns: 200 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(invoice.length), fc.string({ maxLength: 8 }), fc.nat(60), async (at, put, cut) => {
        await readInvoiceFile(bytes(invoice.slice(0, at) + put + invoice.slice(at + cut)), 'x.xml', { today });
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(pdf.length - 1), fc.nat(255), async (at, value) => {
        const damaged = Uint8Array.from(pdf);
        damaged[at] = value;
        await readInvoiceFile(damaged.subarray(0, value > 200 ? at + 1 : undefined), 'x.pdf', { today });
      }),
      { numRuns: 100 },
    );
  });
});

describe('large CSV', () => {
  const rows = (count: number, cell: (index: number) => string): Uint8Array =>
    bytes(`numero;date;echeance;montant;client;siren\n${Array.from({ length: count }, (_, index) => cell(index)).join('\n')}\n`);

  it('reads 10,000 rows quickly, quoted or not', () => {
    for (const name of ['Client', '"Client; et fils"']) {
      const file = rows(
        10_000,
        (index) => `F-${index};02/02/2026;04/03/2026;1 ${String(index % 1000).padStart(3, '0')},50;${name};000000208`,
      );
      let read = 0;
      expect(timed(() => (read = readInvoiceCsv(file).rows.filter((row) => row.record !== undefined).length))).toBeLessThan(8_000);
      expect(read).toBe(10_000);
    }
  });

  it('refuses more rows than it takes', () => {
    expect(readInvoiceCsv(rows(50_001, () => 'a;b')).findings).toMatchObject([{ code: 'tooManyRows' }]);
  });

  it('keeps its pace when every line opens a quote', () => {
    expect(timed(() => readInvoiceCsv(rows(20_000, () => '"a;b;c')))).toBeLessThan(8_000);
  });
});
