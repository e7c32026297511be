/** Header without accents, case and punctuation: « Date d’échéance » → `date d echeance`. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const words = (joined: string): readonly string[] => joined.split('|');

type Aliases<K extends string> = Readonly<Record<K, readonly string[]>>;

/** Column names of an invoice file, French, Dutch and English, folded as by `foldHeader`. The first one is how we name it in findings. */
export const INVOICE_COLUMNS = {
  number: words(
    'numero|numero de facture|n facture|no facture|num facture|n de facture|facture|numero facture|reference facture|factuurnummer|factuurnr|factuur nr|factuur nummer|nummer|invoice number|invoice no|invoice nr|invoice|number',
  ),
  externalId: words('id externe|identifiant externe|identifiant|id|extern id|externe id|external id|externalid'),
  type: words('type|type de document|nature|documenttype|soort|document type|document'),
  issuedOn: words(
    'date|date de facture|date facture|date d emission|date emission|emise le|factuurdatum|datum|invoice date|issue date|issued on|date issued',
  ),
  dueOn: words('echeance|date d echeance|date echeance|a payer le|vervaldatum|vervaldag|due date|due on|due'),
  termAmount: words(
    'montant de l echeance|montant echeance|montant de cette echeance|termijnbedrag|bedrag termijn|instalment amount|installment amount|term amount',
  ),
  currency: words('devise|monnaie|munt|valuta|currency|ccy'),
  gross: words(
    'montant ttc|total ttc|ttc|montant|montant total|total|totaal|totaalbedrag|bedrag|bedrag incl btw|totaal incl btw|amount|gross|gross amount|total amount|amount incl vat|total incl vat',
  ),
  paid: words(
    'deja paye|acompte|montant paye|paye|regle|montant regle|reeds betaald|betaald|voorschot|paid|amount paid|prepaid|already paid',
  ),
  openAmount: words(
    'solde|reste du|reste a payer|montant ouvert|solde ouvert|openstaand|openstaand bedrag|openstaand saldo|saldo|open amount|balance|outstanding|amount due|open',
  ),
  openAsOf: words('solde au|date du solde|arrete au|saldo op|saldodatum|open as of|balance date|as of'),
  iban: words('iban|compte|rekening|rekeningnummer|bank account'),
  paymentReference: words(
    'reference de paiement|communication|communication structuree|reference|mededeling|gestructureerde mededeling|betalingsreferentie|payment reference|remittance reference',
  ),
  orderReference: words(
    'commande|bon de commande|numero de commande|reference commande|bestelling|bestelnummer|bestelbon|order|purchase order|po|order reference|po number',
  ),
  description: words(
    'objet|objet de la facture|designation|description|prestation|prestations|produit ou service|article|omschrijving|betreft|product of dienst|goederen of diensten|what was sold|subject|product or service|goods or services',
  ),
  precedingNumber: words(
    'facture d origine|facture origine|facture corrigee|oorspronkelijke factuur|gecrediteerde factuur|original invoice|credited invoice|preceding invoice',
  ),
  debtorExternalId: words(
    'code client|compte client|id client|numero client|n client|klantnummer|klantcode|klant nr|customer id|customer number|customer code|debtor id',
  ),
  name: words(
    'client|nom|nom du client|nom client|raison sociale|debiteur|klant|klantnaam|naam|debiteurnaam|customer|customer name|name|debtor|debtor name|company|company name',
  ),
  vat: words('tva|n tva|numero de tva|numero tva|tva intracommunautaire|btw|btw nummer|btwnummer|btw nr|vat|vat number|vat no'),
  siren: words('siren|n siren|numero siren'),
  siret: words('siret|n siret|numero siret'),
  enterpriseNumber: words(
    'numero d entreprise|numero entreprise|n entreprise|bce|numero bce|ondernemingsnummer|kbo|kbo nummer|enterprise number|company number',
  ),
  email: words('email|e mail|courriel|mail|adresse e mail|adresse email|e mailadres|email address'),
  phone: words('telephone|tel|numero de telephone|portable|telefoon|telefoonnummer|gsm|phone|phone number|mobile'),
  street: words('adresse|rue|adresse 1|adres|straat|straat en nummer|address|street|address line 1'),
  postcode: words('code postal|cp|postcode|postal code|zip|zip code'),
  city: words('ville|localite|commune|stad|plaats|gemeente|woonplaats|city|town'),
  country: words('pays|code pays|land|landcode|country|country code'),
  language: words('langue|taal|language'),
  kind: words('nature du client|type de client|type client|categorie|klanttype|soort klant|customer type|debtor kind|kind'),
} as const satisfies Aliases<string>;

/** Column names of a file of payments received. */
export const PAYMENT_COLUMNS = {
  amount: words('montant|montant recu|credit|bedrag|ontvangen bedrag|amount|amount received'),
  currency: words('devise|monnaie|munt|valuta|currency'),
  paidOn: words(
    'date|date de paiement|date valeur|date de valeur|date operation|date de l operation|paye le|recu le|datum|betaaldatum|betaald op|valutadatum|payment date|paid on|value date|booking date',
  ),
  reference: words(
    'reference|libelle|communication|motif|mededeling|omschrijving|referentie|remittance information|description|payment reference',
  ),
  structuredReference: words(
    'communication structuree|reference structuree|gestructureerde mededeling|structured reference|structured communication',
  ),
  invoiceNumber: words('facture|numero de facture|n facture|numero facture|factuur|factuurnummer|invoice|invoice number'),
  payerName: words(
    'payeur|nom du payeur|donneur d ordre|client|nom|betaler|naam|opdrachtgever|klant|payer|payer name|counterparty|customer',
  ),
  payerIban: words(
    'iban|iban du payeur|compte|compte du payeur|iban betaler|rekening|tegenrekening|payer iban|account|counterparty account',
  ),
  bankTransactionId: words(
    'id operation|id de l operation|identifiant operation|reference banque|reference bancaire|transactie id|transactienummer|bankreferentie|transaction id|bank reference|bank transaction id',
  ),
} as const satisfies Aliases<string>;

export type InvoiceColumn = keyof typeof INVOICE_COLUMNS;
export type PaymentColumn = keyof typeof PAYMENT_COLUMNS;

/** Where each known column stands, and the headers that nobody knows or that came twice. */
export interface ColumnMap<K extends string> {
  readonly at: ReadonlyMap<K, number>;
  readonly unknown: readonly string[];
  readonly repeated: readonly string[];
}

/** Finds the known columns in a header. */
export function mapColumns<K extends string>(header: readonly string[], columns: Aliases<K>): ColumnMap<K> {
  const byAlias = aliasIndex(columns);
  const at = new Map<K, number>();
  const unknown: string[] = [];
  const repeated: string[] = [];
  header.forEach((name, index) => {
    const column = byAlias.get(foldHeader(name));
    if (column === undefined) {
      if (name.trim() !== '') unknown.push(name);
    } else if (at.has(column)) repeated.push(name);
    else at.set(column, index);
  });
  return { at, unknown, repeated };
}

/** A predicate for the sniffing of the delimiter. */
export function knowsColumn<K extends string>(columns: Aliases<K>): (header: string) => boolean {
  const byAlias = aliasIndex(columns);
  return (header) => byAlias.has(foldHeader(header));
}

function aliasIndex<K extends string>(columns: Aliases<K>): Map<string, K> {
  const index = new Map<string, K>();
  for (const [column, names] of Object.entries(columns) as [K, readonly string[]][]) {
    index.set(foldHeader(column), column);
    for (const name of names) index.set(name, column);
  }
  return index;
}
