import { cleanLine } from './clean-text.js';
import { formatIban, formatMoney } from './format.js';
import type { CreditorParty, DebtorParty, Language } from './letter-content.js';

const LABELS: Record<Language, { readonly enterprise: string; readonly vat: string }> = {
  fr: { enterprise: 'BCE', vat: 'TVA' },
  nl: { enterprise: 'KBO', vat: 'btw' },
  en: { enterprise: 'Enterprise no.', vat: 'VAT' },
};

/** Legal name with its form, unless the name already ends with it. */
export function nameWithForm(party: { readonly legalName: string; readonly form?: string }): string {
  const name = cleanLine(party.legalName);
  const form = party.form === undefined ? '' : cleanLine(party.form);
  return form === '' || name.toLowerCase().endsWith(form.toLowerCase()) ? name : `${name} ${form}`;
}

/** What the signatory is, as it stands alone below a name: with a capital. */
export function jobTitle({ signatory }: { readonly signatory: { readonly title: string } }): string {
  const title = cleanLine(signatory.title);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** `SIREN 000 000 109`, `BCE 0000.000.196`, in that order, with the VAT number where asked; empty when none is known. */
export function identifiers(party: CreditorParty | DebtorParty, language: Language, withVat: boolean): readonly string[] {
  const out: string[] = [];
  if (party.siren) out.push(`SIREN\u00a0${grouped(party.siren)}`);
  if (party.enterpriseNumber) out.push(`${LABELS[language].enterprise}\u00a0${dotted(party.enterpriseNumber)}`);
  if (withVat && party.vat) out.push(`${LABELS[language].vat}\u00a0${cleanLine(party.vat)}`);
  return out;
}

const CAPITAL: Record<Language, (form: string, sum: string) => string> = {
  fr: (form, sum) => `${form === '' ? 'Société' : form} au capital de ${sum}`,
  nl: (form, sum) => `${form === '' ? 'Vennootschap' : form} met een kapitaal van ${sum}`,
  en: (form, sum) => `${form === '' ? 'Company' : form} with a share capital of ${sum}`,
};

/** `SAS au capital de 50 000 €`; undefined when none is known. Cents that are none are not printed. */
export function capitalOf({ form, shareCapital }: CreditorParty, language: Language): string | undefined {
  if (shareCapital === undefined) return undefined;
  const sum = formatMoney(shareCapital.amountMinor, shareCapital.currency, language).replace(/[.,]00(?!\d)/, '');
  return CAPITAL[language](form === undefined ? '' : cleanLine(form), sum);
}

/** `RCS Lyon`, `RPM Liège, division Namur` (in Dutch `RPR`); undefined when none is known. */
export function registerOf({ register, country }: CreditorParty, language: Language): string | undefined {
  const place = register === undefined ? '' : cleanLine(register);
  if (place === '') return undefined;
  return `${country !== 'BE' ? 'RCS' : language === 'nl' ? 'RPR' : 'RPM'}\u00a0${place}`;
}

/** What a letter says of its sender at the foot: form and capital, numbers, register, VAT (C. com. R123-237 and R123-238, CSA 2:20). */
export function companyMentions(creditor: CreditorParty, language: Language): readonly string[] {
  const numbers = identifiers(creditor, language, false);
  const vat = identifiers(creditor, language, true).slice(numbers.length);
  const [capital, register] = [capitalOf(creditor, language), registerOf(creditor, language)];
  return [...(capital ? [capital] : []), ...numbers, ...(register ? [register] : []), ...vat];
}

/** `0000.000.196`; undefined when none is known. */
export function enterpriseNumberOf(party: { readonly enterpriseNumber?: string }): string | undefined {
  return party.enterpriseNumber ? dotted(party.enterpriseNumber) : undefined;
}

export function addressOf(party: { readonly addressLines: readonly string[] }): readonly string[] {
  return party.addressLines.map(cleanLine).filter((line) => line !== '');
}

/** Bank account as printed. */
export function printedIban(iban: string): string {
  return formatIban(cleanLine(iban));
}

function grouped(siren: string): string {
  return cleanLine(siren)
    .replace(/\s/g, '')
    .replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}

function dotted(enterpriseNumber: string): string {
  const digits = enterpriseNumber.replace(/\D/g, '');
  return digits.length === 10 ? `${digits.slice(0, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}` : cleanLine(enterpriseNumber);
}
