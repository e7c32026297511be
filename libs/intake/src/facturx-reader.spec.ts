import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { invoiceAttachedTo, readFacturX } from './facturx-reader.js';

const xml = readFileSync(fileURLToPath(new URL('../../../test/fixtures/ok/cii-partial-payments.xml', import.meta.url)));

/** A PDF whose embedded files hang under `place`, written by hand so that its shape is ours. */
async function handMade(
  place: 'kids' | 'catalogueOnly',
  content: Uint8Array,
  filter: string | undefined = 'FlateDecode',
): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([100, 100]);
  const { context } = document;
  const packed = filter === undefined ? content : deflateSync(content);
  const stream = context.register(context.stream(packed, { Type: 'EmbeddedFile', ...(filter === undefined ? {} : { Filter: filter }) }));
  const spec = context.register(context.obj({ Type: 'Filespec', F: PDFString.of('factur-x.xml'), EF: context.obj({ F: stream }) }));
  if (place === 'kids') {
    const leaf = context.register(context.obj({ Names: context.obj([PDFString.of('factur-x.xml'), spec]) }));
    document.catalog.set(PDFName.of('Names'), context.obj({ EmbeddedFiles: context.obj({ Kids: [leaf] }) }));
  } else {
    document.catalog.set(PDFName.of('AF'), context.obj([spec]));
  }
  return document.save();
}

describe('the invoice attached to a PDF', () => {
  it('is found under branches of the name tree, and as an associated file only, without parameters or date', async () => {
    for (const place of ['kids', 'catalogueOnly'] as const) {
      expect((await readFacturX(await handMade(place, xml))).record, place).toMatchObject({
        number: 'F-2026-011',
        source: { format: 'facturx' },
      });
    }
    expect((await readFacturX(await handMade('kids', xml, undefined))).record?.number).toBe('F-2026-011');
  });

  it('is refused when it unpacks to more than a file may be', async () => {
    const bomb = await handMade('kids', new Uint8Array(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect((await readFacturX(bomb)).findings).toMatchObject([{ code: 'pdfAttachmentUnreadable', severity: 'refused' }]);
  });

  it('is refused when an object stream would fill the memory', async () => {
    const packed = deflateSync(new Uint8Array(200 * 1024 * 1024)).toString('latin1');
    for (const type of ['/ObjStm', '/Obj#53tm', '/XRef']) {
      const text = `%PDF-1.5\n1 0 obj\n<< /Type ${type} /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`;
      expect(await invoiceAttachedTo(Buffer.from(text, 'latin1')), type).toMatchObject({ code: 'pdfTooLarge' });
    }
    const chained = '%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /Filter [/FlateDecode /FlateDecode] >>\nstream\nxx\nendstream\nendobj\n';
    expect(await invoiceAttachedTo(Buffer.from(chained, 'latin1'))).toMatchObject({ code: 'pdfTooLarge' });
  });
});
