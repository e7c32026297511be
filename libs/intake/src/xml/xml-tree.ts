import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Finding, refused } from '../finding.js';
import type { GuardedXml } from './xml-guard.js';

/** An element: namespace prefixes removed, children by local name, attributes under `@name`, text under `#text`. */
export type XmlNode = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: true,
  cdataPropName: '#cdata',
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  alwaysCreateTextNode: true,
});

/** Parses guarded XML; malformed text is a finding with its line. Returns the children of the root. */
export function parseXml(xml: GuardedXml): XmlNode | Finding {
  const checked = XMLValidator.validate(xml.text);
  if (checked !== true) {
    const { line } = checked.err;
    return refused('xmlMalformed', `Le XML est mal formé, ligne ${line}\u202f; exportez à nouveau la facture.`, { line });
  }
  try {
    const tree = parser.parse(xml.text) as Record<string, unknown>;
    const root = (tree[xml.root] as unknown[] | undefined)?.[0];
    if (typeof root === 'object' && root !== null) return root as XmlNode;
  } catch {
    // The parser refuses names such as __proto__: the same answer as any other malformed text.
  }
  return refused('xmlMalformed', 'Le XML est mal formé\u202f; exportez à nouveau la facture.');
}

/** Every element found by following local names from `node`: `all(root, 'PaymentMeans/PayeeFinancialAccount')`. */
export function all(node: XmlNode | undefined, path: string): XmlNode[] {
  let nodes: XmlNode[] = node === undefined ? [] : [node];
  for (const name of path.split('/')) {
    nodes = nodes.flatMap((one) => {
      const children = Object.hasOwn(one, name) ? one[name] : undefined;
      return Array.isArray(children) ? children.filter((child): child is XmlNode => typeof child === 'object' && child !== null) : [];
    });
  }
  return nodes;
}

export function first(node: XmlNode | undefined, path: string): XmlNode | undefined {
  return all(node, path)[0];
}

/** Text of the first element at `path` that has any; entities decoded, trimmed; `undefined` when there is none. */
export function text(node: XmlNode | undefined, path: string): string | undefined {
  return all(node, path)
    .map(ownText)
    .find((found) => found !== '');
}

/** Text of an element itself. */
export function ownText(node: XmlNode): string {
  const plain = typeof node['#text'] === 'string' ? decodeEntities(node['#text']) : '';
  const cdata = Array.isArray(node['#cdata']) ? node['#cdata'].map(cdataText).join('') : '';
  return (plain + cdata).trim();
}

function cdataText(piece: unknown): string {
  if (typeof piece === 'string') return piece;
  const inner = typeof piece === 'object' && piece !== null ? (piece as XmlNode)['#text'] : undefined;
  return typeof inner === 'string' ? inner : '';
}

export function attribute(node: XmlNode | undefined, name: string): string | undefined {
  const value = node?.[`@${name}`];
  return typeof value === 'string' && value !== '' ? decodeEntities(value).trim() : undefined;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five named entities of XML and character references; anything else stays as it is printed. */
export function decodeEntities(value: string): string {
  return value.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] as string) : whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff));
    return isCharacter ? String.fromCodePoint(code) : '';
  });
}
