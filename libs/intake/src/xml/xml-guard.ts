import { type Finding, refused } from '../finding.js';

export const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_ELEMENTS = 250_000;
/** Comments, processing instructions and CDATA sections; an invoice has a handful. */
const MAX_OTHER_MARKUP = 20_000;
/** Characters of one start tag with its attributes. */
const MAX_TAG = 65_536;

/** XML that is safe to hand to the parser. */
export interface GuardedXml {
  readonly text: string;
  /** Local name of the root. */
  readonly root: string;
  /** Its namespace, empty when it declares none. */
  readonly namespace: string;
}

/**
 * One linear pass over the text before any parser sees it: decodes, refuses document types and entities, and bounds size, depth and number
 * of elements, so that neither the stack nor the memory depends on what somebody sent.
 */
export function guardXml(bytes: Uint8Array): GuardedXml | Finding {
  if (bytes.length === 0) return refused('fileEmpty', 'Le fichier est vide (0 octet)\u202f; exportez-le à nouveau.');
  if (bytes.length > MAX_FILE_BYTES) return refused('fileTooLarge', 'Le fichier dépasse 10\u202fMio\u202f; découpez-le.');
  const text = decodeXml(bytes);
  if (typeof text !== 'string') return text;
  return scan(text);
}

function decodeXml(bytes: Uint8Array): string | Finding {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : declared;
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    if (text.includes('\u0000')) return refused('xmlMalformed', 'Le fichier contient des octets nuls\u202f: ce n’est pas du XML.');
    return text;
  } catch {
    return refused('xmlEncoding', `Le fichier n’est pas lisible dans l’encodage annoncé (${label})\u202f; exportez-le en UTF-8.`);
  }
}

interface ScanState {
  depth: number;
  elements: number;
  others: number;
  roots: number;
  rootTag: string;
}

function scan(text: string): GuardedXml | Finding {
  const state: ScanState = { depth: 0, elements: 0, others: 0, roots: 0, rootTag: '' };
  let at = text.indexOf('<');
  if (at === -1) return refused('xmlMalformed', 'Le fichier ne contient aucun élément XML.');
  while (at !== -1) {
    const end = endOfMarkup(text, at);
    if (end === -1) return malformed(text, at, 'une balise n’est pas fermée');
    const problem = text[at + 1] === '!' || text[at + 1] === '?' ? declarationProblem(state, text, at) : visitTag(state, text, at, end);
    if (problem !== undefined) return problem;
    at = text.indexOf('<', end);
  }
  if (state.depth !== 0)
    return refused('xmlMalformed', 'Le XML est incomplet\u202f: des éléments ne sont pas fermés (fichier tronqué\u202f?).');
  if (state.roots !== 1) return refused('xmlMalformed', 'Le XML doit avoir un seul élément racine.');
  return rootOf(state.rootTag, text);
}

/** Index after the markup that begins at `at`, or -1. Comments and CDATA end at their own marks, tags at a `>` outside quotes. */
function endOfMarkup(text: string, at: number): number {
  const closing = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : text.startsWith('<?', at) ? '?>' : '';
  if (closing !== '') {
    const end = text.indexOf(closing, at + 2);
    return end === -1 ? -1 : end + closing.length;
  }
  let quote = '';
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text[index] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index + 1;
    else if (character === '<') return text.startsWith('<!', at) ? index : -1;
  }
  return text.startsWith('<!', at) ? text.length : -1;
}

function declarationProblem(state: ScanState, text: string, at: number): Finding | undefined {
  state.others += 1;
  if (state.others > MAX_OTHER_MARKUP) return tooMany();
  if (text.startsWith('<?', at) || text.startsWith('<!--', at) || text.startsWith('<![CDATA[', at)) return undefined;
  return refused(
    'xmlDoctype',
    'Le fichier déclare un type de document ou des entités (DOCTYPE)\u202f; une facture électronique n’en a pas besoin et ils ne sont pas lus.',
    { line: lineAt(text, at) },
  );
}

function visitTag(state: ScanState, text: string, at: number, end: number): Finding | undefined {
  if (text[at + 1] === '/') {
    state.depth -= 1;
    return state.depth < 0 ? malformed(text, at, 'une balise de fin n’a pas de début') : undefined;
  }
  state.elements += 1;
  if (state.elements > MAX_ELEMENTS || end - at > MAX_TAG) return tooMany();
  if (state.depth === 0) {
    state.roots += 1;
    if (state.roots === 1) state.rootTag = text.slice(at, end);
  }
  if (text[end - 2] === '/') return undefined;
  state.depth += 1;
  if (state.depth <= MAX_DEPTH) return undefined;
  return refused('xmlTooDeep', `Le XML imbrique plus de ${MAX_DEPTH} éléments\u202f; ce n’est pas une facture lisible.`, {
    line: lineAt(text, at),
  });
}

function tooMany(): Finding {
  return refused(
    'xmlTooManyElements',
    `Le fichier compte trop d’éléments, de commentaires ou d’attributs (${MAX_ELEMENTS} éléments au plus)\u202f; découpez-le.`,
  );
}

function rootOf(tag: string, text: string): GuardedXml | Finding {
  const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
  const [prefix, local] = name.includes(':') ? (name.split(':', 2) as [string, string]) : ['', name];
  if (local === '') return refused('xmlMalformed', 'L’élément racine n’a pas de nom.');
  const attribute = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (const found of tag.matchAll(/([^\s=<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (found[1] === attribute) return { text, root: local, namespace: found[2] ?? found[3] ?? '' };
  }
  return { text, root: local, namespace: '' };
}

function malformed(text: string, at: number, what: string): Finding {
  const line = lineAt(text, at);
  return refused('xmlMalformed', `Le XML est mal formé, ligne ${line}\u202f: ${what}.`, { line });
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < at; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
