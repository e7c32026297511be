import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { instantFromEpochMs } from '#domain';
import { signStandardWebhook, standardWebhookSecret } from '#sealing';
import type { Answer, Role, Stack } from '../support/stack.js';

const BOOK = fileURLToPath(new URL('../../libs/intake/sample-book/', import.meta.url));

export interface CaseSummary {
  readonly caseId: string;
  readonly invoiceNumber: string;
  readonly term: number;
  readonly state: string;
  readonly openPrincipal: { readonly amount: string; readonly currency: string };
  readonly closed: { readonly kind: string } | null;
  readonly workflowId: string;
  readonly episode: number;
  readonly debtor: { readonly debtorId: string };
}

interface SampleCreditor {
  readonly code: string;
  readonly name: string;
  readonly law: string;
  readonly language: string;
  readonly country: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly siren?: string;
  readonly enterpriseNumber?: string;
  readonly vat: string;
  readonly iban: string;
  readonly email: string;
  readonly replyTo: string;
  readonly phone: string;
  readonly signatory: { readonly name: string; readonly role: string };
  readonly contractTerms: Readonly<Record<string, unknown>>;
}

/** What staff, ERP and banks do with the product, over its REST API and webhooks only. */
export class Desk {
  private opened: Promise<{ url: string; secret: string }> | undefined;

  constructor(
    private readonly stack: Stack,
    readonly creditorId: string,
  ) {}

  /** Makes a creditor of the sample book under an id of its own, in a sandbox unless told. */
  static async open(stack: Stack, code: 'A' | 'B', creditorId: string, { sandbox = true } = {}): Promise<Desk> {
    const all = JSON.parse(fs.readFileSync(`${BOOK}creditors.json`, 'utf8')) as SampleCreditor[];
    const sample = all.find((one) => one.code === code);
    if (!sample) throw new RangeError(`No creditor ${code} in the sample book`);
    const { name, street, postcode, city, country, law, language, siren, enterpriseNumber, vat, iban, phone, signatory } = sample;
    await stack.ask('operator', 'POST', '/api/v1/creditors', {
      creditorId,
      legalName: name,
      law,
      language,
      address: { lines: [street], postcode, city, country },
      sandbox,
      ...(siren ? { siren } : {}),
      ...(enterpriseNumber ? { enterpriseNumber } : {}),
      vat,
      iban,
      phone,
      replyToEmail: sample.replyTo,
      senderEmail: sample.email,
      signatoryName: signatory.name,
      signatoryTitle: signatory.role,
      contractTerms: sample.contractTerms,
    });
    return new Desk(stack, creditorId);
  }

  ask<T = Record<string, unknown>>(
    role: Role,
    method: string,
    route: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    return this.stack.ask<T>(role, method, `/api/v1/creditors/${this.creditorId}${route}`, body, headers);
  }

  call<T = Record<string, unknown>>(role: Role, method: string, route: string, body?: unknown): Promise<Answer<T>> {
    return this.stack.call<T>(role, method, `/api/v1/creditors/${this.creditorId}${route}`, body);
  }

  /** Imports a file of the sample book: preview, then commit. */
  async import(file: string): Promise<Record<string, unknown>> {
    const form = new FormData();
    form.set('file', new Blob([fs.readFileSync(`${BOOK}${file}`)]), file);
    const preview = await this.ask<{ importId: string; state: string }>('integrator', 'POST', '/imports', form);
    if (preview.state === 'committed') return preview;
    return this.ask('integrator', 'POST', `/imports/${preview.importId}/commit`, {});
  }

  /** Gives an invoice of the sample book that is one JSON body, by its own identifier. */
  async put(file: string): Promise<{ result: string }> {
    const invoice = JSON.parse(fs.readFileSync(`${BOOK}${file}`, 'utf8')) as { externalId: string };
    return this.ask('integrator', 'PUT', `/invoices/${encodeURIComponent(invoice.externalId)}`, invoice);
  }

  /** A credit note over an invoice that is known. */
  async creditNote(about: string, gross: { readonly amount: string; readonly currency: string }, issuedOn: string): Promise<void> {
    const { caseId } = await this.caseOf(about);
    const detail = await this.ask<{ invoice: { number: string }; debtor: { name: string; country: string } }>(
      'auditor',
      'GET',
      `/cases/${caseId}`,
    );
    const { invoice, debtor } = detail;
    const body = { documentKind: 'creditNote', issuedOn, gross, payable: gross, debtor, precedingNumbers: [invoice.number] };
    const sent = { ...body, number: `AV-${about}`, debtor: { name: debtor.name, country: debtor.country } };
    await this.ask('integrator', 'PUT', `/invoices/AV-${about}`, sent);
  }

  async cases(): Promise<CaseSummary[]> {
    return (await this.ask<{ items: CaseSummary[] }>('auditor', 'GET', '/cases?limit=200')).items;
  }

  /** The case of `A2`, or of `B12~2`. */
  async caseOf(about: string): Promise<CaseSummary> {
    const [number, term = '1'] = about.split('~');
    const found = (await this.cases()).find((one) => one.invoiceNumber === number && one.term === Number(term));
    if (!found) throw new Error(`No case for ${about}`);
    return found;
  }

  /** A command on a case, by a controller unless another role is given. */
  async command<T = Record<string, unknown>>(about: string, verb: string, body: unknown, role: Role = 'controller'): Promise<T> {
    return this.ask<T>(role, 'POST', `/cases/${(await this.caseOf(about)).caseId}/${verb}`, body);
  }

  /** A payment told by the bank's signed webhook; the same `eventId` twice is the same event. */
  async paymentWebhook(
    data: Readonly<Record<string, unknown>>,
    options: { type?: string; eventId?: string; secret?: string } = {},
  ): Promise<Answer> {
    const endpoint = await this.endpoint();
    const { type = 'payment.received', eventId = `evt_${randomUUID()}`, secret = endpoint.secret } = options;
    const body = JSON.stringify({ type, data });
    const at = instantFromEpochMs(Date.now());
    const headers = signStandardWebhook({ secret: standardWebhookSecret(secret), id: eventId, at, body: Buffer.from(body) });
    const { pathname } = new URL(endpoint.url);
    return this.stack.call('nobody', 'POST', pathname, body, { 'content-type': 'application/json', ...headers });
  }

  /** Where the bank calls, with the secret that is shown once. */
  private endpoint(): Promise<{ url: string; secret: string }> {
    this.opened ??= this.ask<{ url: string; secret: string }>('finance', 'POST', '/webhook-endpoints', { provider: 'standard' });
    return this.opened;
  }
}
