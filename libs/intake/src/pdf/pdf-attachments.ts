import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFObject, PDFRawStream, PDFRef, PDFString } from '@cantoo/pdf-lib';
import { inflateWithin } from './pdf-bounds.js';

/** A file attached to a PDF; `undefined` bytes when they are too many or packed in a way that is not read. */
export interface PdfAttachment {
  readonly name: string;
  readonly bytes: Uint8Array | undefined;
}

const MOST_ATTACHMENTS = 100;
const DEEPEST_TREE = 16;

/**
 * Files attached to a PDF, from the name tree of embedded files (with its branches) and from the associated files of the catalogue. Sizes
 * are bounded by `limit`. Throws what the PDF library throws on a damaged file.
 */
export async function attachmentsOf(bytes: Uint8Array, limit: number): Promise<PdfAttachment[]> {
  const { catalog, context } = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false });
  const specs: PDFDict[] = [];
  const seen = new Set<string>();
  const resolve = (object: PDFObject | undefined): PDFObject | undefined => (object instanceof PDFRef ? context.lookup(object) : object);
  const take = (object: PDFObject | undefined): void => {
    const key = object instanceof PDFRef ? object.toString() : undefined;
    if (specs.length >= MOST_ATTACHMENTS || (key !== undefined && seen.has(key))) return;
    if (key !== undefined) seen.add(key);
    const spec = resolve(object);
    if (spec instanceof PDFDict) specs.push(spec);
  };
  const walk = (node: PDFObject | undefined, depth: number): void => {
    const tree = resolve(node);
    if (!(tree instanceof PDFDict) || depth > DEEPEST_TREE || specs.length >= MOST_ATTACHMENTS) return;
    const names = resolve(tree.get(PDFName.of('Names')));
    if (names instanceof PDFArray) for (let index = 1; index < names.size(); index += 2) take(names.get(index));
    const kids = resolve(tree.get(PDFName.of('Kids')));
    if (kids instanceof PDFArray)
      for (let index = 0; index < Math.min(kids.size(), MOST_ATTACHMENTS); index += 1) walk(kids.get(index), depth + 1);
  };
  const names = resolve(catalog.get(PDFName.of('Names')));
  if (names instanceof PDFDict) walk(names.get(PDFName.of('EmbeddedFiles')), 0);
  const associated = resolve(catalog.get(PDFName.of('AF')));
  if (associated instanceof PDFArray) for (let index = 0; index < associated.size(); index += 1) take(associated.get(index));
  return specs.flatMap((spec) => readSpec(spec, resolve, limit) ?? []);
}

function readSpec(
  spec: PDFDict,
  resolve: (object: PDFObject | undefined) => PDFObject | undefined,
  limit: number,
): PdfAttachment | undefined {
  const files = resolve(spec.get(PDFName.of('EF')));
  if (!(files instanceof PDFDict)) return undefined;
  const stream = resolve(files.get(PDFName.of('UF'))) ?? resolve(files.get(PDFName.of('F')));
  if (!(stream instanceof PDFRawStream)) return undefined;
  const printed = resolve(spec.get(PDFName.of('UF'))) ?? resolve(spec.get(PDFName.of('F')));
  const name = printed instanceof PDFString || printed instanceof PDFHexString ? printed.decodeText() : '';
  return { name, bytes: unpack(stream, resolve, limit) };
}

function unpack(
  stream: PDFRawStream,
  resolve: (object: PDFObject | undefined) => PDFObject | undefined,
  limit: number,
): Uint8Array | undefined {
  const printed = resolve(stream.dict.get(PDFName.of('Filter')));
  const filter = printed instanceof PDFArray && printed.size() === 1 ? resolve(printed.get(0)) : printed;
  const contents = stream.getContents();
  if (filter === undefined || (filter instanceof PDFArray && filter.size() === 0)) return contents.length <= limit ? contents : undefined;
  if (filter !== PDFName.of('FlateDecode') && filter !== PDFName.of('Fl')) return undefined;
  const inflated = inflateWithin(contents, limit);
  return inflated === 'tooLarge' ? undefined : inflated;
}
