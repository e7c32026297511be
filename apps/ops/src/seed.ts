import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '#config';
import { importFile } from './import-file.js';
import { findInstallation, OpsError } from './installation.js';
import { ApiProblem, RestClient } from './rest-client.js';
import { seedKeys } from './seed-keys.js';

interface SampleCreditor {
  readonly code: string;
  readonly name: string;
  readonly law: 'FR' | 'BE';
  readonly country: string;
  readonly language: 'fr' | 'nl' | 'en';
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
  readonly defaultTermDays: number;
  /** What the terms of sale say, by kind of debtor. */
  readonly contractTerms: Readonly<Record<string, unknown>>;
  readonly legalForm: string;
  readonly shareCapital?: { readonly amount: string; readonly currency: string };
  /** Town of the RCS, or court of the RPM. */
  readonly register: string;
  readonly mediator?: { readonly name: string; readonly addressLines: readonly string[]; readonly website: string };
}

interface SampleFile {
  readonly creditor: string;
  readonly file: string;
  readonly kind: string;
}

/** Ids of the sandbox creditors: the letter of the book, then a word of the name. */
const IDS: Readonly<Record<string, string>> = { A: 'a-mirandole', B: 'b-zephyrine' };

function sample(name: string): Buffer {
  return readFileSync(fileURLToPath(import.meta.resolve(`#asset/intake/sample-book/${name}`)));
}

function sampleJson<T>(name: string): T {
  return JSON.parse(sample(name).toString('utf8')) as T;
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Keys, then unless told otherwise the sandbox creditors and their invoices through the REST API. A second run changes nothing. */
async function seed(): Promise<void> {
  const installation = findInstallation({}, process.env);
  const { keys, isNew } = await seedKeys(loadConfig(process.env).DATABASE_URL, installation.data);
  if (isNew)
    print(
      `Clé d’accès, rôle finance (montrée une fois, gardée dans ${installation.data}/api-key\u202f; les autres rôles dans keys.json)\u202f: ${keys.finance}`,
    );
  if (process.argv.includes('--empty')) return;
  for (const creditor of sampleJson<SampleCreditor[]>('creditors.json'))
    await makeCreditor(new RestClient(installation, 'operator'), creditor);
  for (const file of sampleJson<SampleFile[]>('index.json')) print(await give(new RestClient(installation, 'integrator'), file));
}

async function makeCreditor(client: RestClient, creditor: SampleCreditor): Promise<void> {
  const creditorId = idOf(creditor.code);
  try {
    await client.post('creditors', {
      creditorId,
      legalName: creditor.name,
      law: creditor.law,
      language: creditor.language,
      address: { lines: [creditor.street], postcode: creditor.postcode, city: creditor.city, country: creditor.country },
      sandbox: true,
      ...(creditor.siren ? { siren: creditor.siren } : {}),
      ...(creditor.enterpriseNumber ? { enterpriseNumber: creditor.enterpriseNumber } : {}),
      vat: creditor.vat,
      iban: creditor.iban,
      senderEmail: creditor.email,
      replyToEmail: creditor.replyTo,
      phone: creditor.phone,
      signatoryName: creditor.signatory.name,
      signatoryTitle: creditor.signatory.role,
      defaultTermDays: creditor.defaultTermDays,
      contractTerms: creditor.contractTerms,
      legalForm: creditor.legalForm,
      register: creditor.register,
      ...(creditor.shareCapital ? { shareCapital: creditor.shareCapital } : {}),
      ...(creditor.mediator ? { mediator: creditor.mediator } : {}),
    });
    print(`${creditor.name}\u202f: créancier d’essai ${creditorId} créé`);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'creditorExists') throw error;
    print(`${creditor.name}\u202f: ${creditorId} existe déjà`);
  }
}

/** One file of the book, as any user gives it; one line says what became of it. */
async function give(client: RestClient, { creditor, file, kind }: SampleFile): Promise<string> {
  const creditorId = idOf(creditor);
  if (kind === 'json') {
    const invoice = sampleJson<{ externalId: string }>(file);
    const { result } = await client.put<{ result: string }>(
      `creditors/${creditorId}/invoices/${encodeURIComponent(invoice.externalId)}`,
      invoice,
    );
    return `  ${file}\u202f: ${result}`;
  }
  const wish = { creditorId, bytes: sample(file), fileName: file, kind: 'invoices' as const, previewOnly: false, onlyGoodRows: true };
  const lines = await importFile(client, wish);
  return `  ${lines.map((line) => line.trim()).join('\u202f; ')}`;
}

function idOf(code: string): string {
  const id = IDS[code];
  if (!id) throw new OpsError(`Le créancier ${code} du livre d’exemples n’a pas d’identifiant.`);
  return id;
}

try {
  await seed();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
