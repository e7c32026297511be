import type { DebtorKind } from '#domain';
import type { DocumentKind } from '../invoice-record.js';
import { foldHeader } from './csv-columns.js';

const table = <V>(entries: readonly (readonly [V, string])[]): ReadonlyMap<string, V> =>
  new Map(entries.flatMap(([value, words]) => words.split('|').map((word): [string, V] => [word, value])));

const KINDS = table<DebtorKind>([
  ['business', 'entreprise|professionnel|pro|societe|b2b|onderneming|bedrijf|zakelijk|business|company|professional'],
  ['consumer', 'particulier|consommateur|b2c|consument|prive|consumer|individual|private'],
  ['publicBody', 'public|organisme public|collectivite|administration|b2g|publicbody|overheid|openbaar|public body|government'],
  ['coOwners', 'copropriete|syndicat de coproprietaires|coowners|mede eigendom|vme|acp|co ownership|co owners'],
  ['unknown', 'inconnu|inconnue|onbekend|unknown'],
]);

const DOCUMENTS = table<DocumentKind>([
  ['invoice', 'facture|f|factuur|invoice|fac'],
  ['creditNote', 'avoir|note de credit|a|nc|creditnota|cn|credit note|creditnote|credit'],
]);

const COUNTRIES = table<string>([
  ['FR', 'fr|fra|france|frankrijk'],
  ['BE', 'be|bel|belgique|belgie|belgium'],
  ['NL', 'nl|nld|pays bas|nederland|netherlands'],
  ['LU', 'lu|lux|luxembourg|luxemburg'],
  ['DE', 'de|deu|allemagne|duitsland|germany'],
  ['GB', 'gb|uk|gbr|royaume uni|verenigd koninkrijk|united kingdom'],
]);

const LANGUAGES = table<'fr' | 'nl' | 'en'>([
  ['fr', 'fr|fra|francais|frans|french'],
  ['nl', 'nl|nld|neerlandais|nederlands|dutch'],
  ['en', 'en|eng|anglais|engels|english'],
]);

export const debtorKindWord = (text: string): DebtorKind | undefined => KINDS.get(foldHeader(text));
export const documentWord = (text: string): DocumentKind | undefined => DOCUMENTS.get(foldHeader(text));
export const languageWord = (text: string): 'fr' | 'nl' | 'en' | undefined => LANGUAGES.get(foldHeader(text));

/** ISO code of a country written as code or name; any two letters are taken as a code. */
export function countryWord(text: string): string | undefined {
  return COUNTRIES.get(foldHeader(text)) ?? (/^[a-z]{2}$/i.test(text.trim()) ? text.trim().toUpperCase() : undefined);
}
