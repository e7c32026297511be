const eur = (amount: string) => ({ amount, currency: 'EUR' });

/**
 * Bodies that Swagger UI puts into "Try it out", by operation: what a newcomer sends first, true on the sandbox book's clock. A schema alone would be
 * filled with chance. A test parses each with the schema of its route.
 */
export const REQUEST_EXAMPLES: Readonly<Record<string, unknown>> = {
  'creditors.create': {
    creditorId: 'atelier-colibri',
    law: 'FR',
    legalName: 'Atelier Colibri SAS',
    address: { lines: ['3 rue des Essais'], postcode: '69001', city: 'Lyon', country: 'FR' },
    siren: '000000901',
    iban: 'FR1420041010050500013M02606',
    replyToEmail: 'compta@colibri.example',
    signatoryName: 'Claire Aubin',
    sandbox: true,
  },
  'invoices.put': {
    documentKind: 'invoice',
    number: 'F-2026-0042',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-03',
    gross: eur('1250.00'),
    payable: eur('1250.00'),
    debtor: {
      name: 'Café des Essais SARL',
      siren: '000000802',
      country: 'FR',
      language: 'fr',
      email: 'compta@essais.example',
      phone: '+33465710042',
      street: '7 rue des Essais',
      postcode: '69002',
      city: 'Lyon',
    },
  },
  'payments.record': { amount: eur('1250.00'), paidOn: '2026-03-02', reference: 'VIR-0001', invoiceNumber: 'F-2026-0042' },
  'promises.make': { amount: eur('1250.00'), dueOn: '2026-03-10', channel: 'phone', madeBy: 'M. Lenoir' },
  'disputes.open': { reason: 'quality', note: 'Livraison incomplète, selon le client.' },
  'caseCommands.hold': { until: '2026-03-20', reason: 'commercialTalks', note: 'Rendez-vous le 18 mars.' },
  'calls.report': { outcome: 'reached', contactName: 'M. Lenoir', note: 'Paie en fin de semaine.' },
  'sandbox.move': { days: 8 },
  'imports.commit': {},
  'webhookEndpoints.create': { provider: 'standard' },
  'keys.create': { name: 'ERP', role: 'integrator' },
};
