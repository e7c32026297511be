import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { type Day, atTime, epochMs } from '#domain';
import { assetPath, LETTERS_ROOT } from './asset.js';
import { LetterError } from './letter-error.js';
import type { LetterDocument } from './letter-document.js';

const MAIN_FILE = assetPath('templates/pdf/letter.typ');
// The compiler keeps what it has laid out; letting go of it after every few letters keeps memory flat.
const KEPT_ROUNDS = 10;

let compiler: NodeCompiler | undefined;

/**
 * Draws a document as PDF/UA-1, dated at midnight UTC of the letter's day, so that equal documents give equal bytes.
 * Data enters as JSON only, reads are confined to this area, and a warning counts as an error.
 * Throws `LetterError('characterNotPrintable')` naming the text that the letter's font has no sign for.
 */
export function typeset(document: LetterDocument, on: Day): Uint8Array {
  compiler ??= NodeCompiler.create({ workspace: LETTERS_ROOT, fontArgs: [{ fontPaths: [`${LETTERS_ROOT}/fonts`] }] });
  const job = { mainFilePath: MAIN_FILE, inputs: { data: JSON.stringify(document) } };
  try {
    const run = compiler.compile(job);
    const problems = [run.takeError(), run.takeWarnings()].flatMap((report) => report?.shortDiagnostics ?? []);
    if (problems.length > 0) throw failure(problems.map((problem: { message: string }) => problem.message).join('; '));
    const creationTimestamp = Math.floor(epochMs(atTime(on, '00:00', 'UTC')) / 1000);
    return new Uint8Array(compiler.pdf(job, { pdfStandard: PdfStandard.UA_1, creationTimestamp }));
  } catch (error) {
    throw error instanceof LetterError ? error : failure(wordsOf(error));
  } finally {
    compiler.evictCache(KEPT_ROUNDS);
  }
}

/** Some failures of the binding come with an empty message and their text in `code`. */
function wordsOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: unknown };
  return message || String(code ?? error);
}

function failure(words: string): LetterError {
  // The binding prints its diagnostics in debug form, with escaped quotes.
  const texts = [...words.matchAll(/the text `?\\*"(.+?)\\*"`? could not be displayed/gu)].map((match) => match[1] ?? '');
  if (texts.length === 0) return new LetterError('rendererFailed', `Typst: ${words}`);
  const text = [...new Set(texts)].join(' ');
  return new LetterError('characterNotPrintable', `The letter's font has no sign for: ${text}. Write the name in Latin letters`, { text });
}
