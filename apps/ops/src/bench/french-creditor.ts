import { SANDBOX_START } from '#casework';
import type { CreditorRow } from '#ports';

/** Menuiserie Mirandole, a sandbox creditor of French law with everything it needs to go live, and with what is wanted otherwise. */
export function frenchCreditor(patch: Partial<CreditorRow> = {}): CreditorRow {
  return {
    creditorId: 'mirandole',
    legalName: 'Menuiserie Mirandole SAS',
    legalForm: 'SAS',
    law: 'FR',
    language: 'fr',
    siren: '000000109',
    enterpriseNumber: null,
    vat: null,
    iban: 'FR1420041010050500013M02606',
    bic: null,
    address: { lines: ['12 rue des Copeaux'], postcode: '69003', city: 'Lyon', country: 'FR' },
    zone: 'Europe/Paris',
    territory: 'FR',
    replyToEmail: 'claire.aubin@mirandole.example',
    phone: '+33199001234',
    signatoryName: 'Claire Aubin',
    signatoryTitle: 'Gestionnaire du poste clients',
    senderEmail: 'relances@mirandole.example',
    defaultTermDays: 30,
    policyId: 'standard',
    policyVersion: 1,
    referralRoute: 'collectionAgency',
    contractTerms: {},
    standing: {},
    mentions: { shareCapital: { minor: '5000000', currency: 'EUR' }, register: 'Lyon' },
    live: false,
    sandbox: true,
    clockAt: SANDBOX_START,
    clockVersion: 1,
    brakeOn: false,
    epoch: 1,
    version: 1,
    createdAt: SANDBOX_START,
    ...patch,
  };
}
