import { oneLine } from '../finding.js';
import type { PrintedIdentifier } from '../party/party-identifiers.js';
import type { PrintedAmount } from '../printed-document.js';
import { attribute, first, ownText, text, type XmlNode } from './xml-tree.js';

/** Amount in the child `name`, with its own currency. */
export function amountAt(node: XmlNode | undefined, name: string, path: string): PrintedAmount | undefined {
  const value = text(node, name);
  return value === undefined ? undefined : { text: value, path, ...given('currency', attribute(first(node, name), 'currencyID')) };
}

/** Legal registrations count with or without a scheme; other party identifiers and electronic addresses only under one: without it they are customer numbers. */
export function identifiersOf(legal: readonly XmlNode[], others: readonly XmlNode[]): PrintedIdentifier[] {
  const printed = (node: XmlNode): PrintedIdentifier => ({ value: ownText(node), ...given('scheme', attribute(node, 'schemeID')) });
  return [...legal.map(printed), ...others.map(printed).filter((one) => one.scheme !== undefined)];
}

/** Two capital letters, or nothing: a country name is no code. */
export function countryOf(value: string | undefined): string | undefined {
  const code = value?.trim().toUpperCase();
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** Texts in one line, or nothing when all are empty. */
export function joined(texts: readonly string[], between = ' '): string | undefined {
  const all = texts.map(oneLine).filter((one) => one !== '');
  return all.length === 0 ? undefined : all.join(between);
}

/** An object with the key, or without it when the value is absent. */
export function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
