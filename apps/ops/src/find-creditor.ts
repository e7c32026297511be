import { OpsError } from './installation.js';
import type { RestClient } from './rest-client.js';

export interface Creditor {
  readonly creditorId: string;
  readonly legalName: string;
  readonly sandbox: boolean;
}

/** Whether a word of the creditor's id or name begins as typed: `mirandole` means a-mirandole, Menuiserie Mirandole SAS. */
function sounds({ creditorId, legalName }: Creditor, text: string): boolean {
  return [creditorId, legalName].some((name) => ` ${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${text}`));
}

/** The creditors a command is about: the one named by id or by the beginning of a word of its id or name, or all that fit. */
export async function findCreditors(
  client: RestClient,
  wanted: string | undefined,
  only: (creditor: Creditor) => boolean = () => true,
): Promise<Creditor[]> {
  const all = (await client.all<Creditor>('creditors')).filter(only);
  if (!wanted) return all;
  const exact = all.filter(({ creditorId }) => creditorId === wanted);
  const text = wanted
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const found = exact.length > 0 ? exact : all.filter((creditor) => text !== '' && sounds(creditor, text));
  if (found.length === 1) return found;
  const known = all.map(({ creditorId }) => creditorId).join(', ');
  throw new OpsError(
    found.length === 0
      ? `Créancier ${wanted} inconnu\u202f; connus\u202f: ${known || 'aucun'}.`
      : `Plusieurs créanciers répondent à ${wanted}\u202f: ${known}.`,
  );
}

/** Exactly one creditor. */
export async function findCreditor(client: RestClient, wanted: string | undefined): Promise<Creditor> {
  const [first, ...others] = await findCreditors(client, wanted);
  if (!first) throw new OpsError('Aucun créancier n’existe encore.');
  if (others.length > 0)
    throw new OpsError(`Plusieurs créanciers\u202f: précisez --creditor parmi ${[first, ...others].map((c) => c.creditorId).join(', ')}.`);
  return first;
}

export interface CaseLine {
  readonly caseId: string;
  readonly invoiceNumber: string;
  readonly term: number;
  readonly debtor: { readonly name: string };
  readonly state: string;
  readonly dueOn: string;
  readonly openPrincipal: { readonly amount: string; readonly currency: string };
  readonly nextAct: { readonly at: string; readonly sentence: string } | null;
}

/** A case by its id or by its invoice's number, of the creditor named or of whichever has it. */
export async function findCase(
  client: RestClient,
  wanted: string,
  creditor: string | undefined,
): Promise<{ creditorId: string; line: CaseLine }> {
  const creditors = await findCreditors(client, creditor);
  const found: { creditorId: string; line: CaseLine }[] = [];
  for (const { creditorId } of creditors) {
    const lines = await client.all<CaseLine>(`creditors/${creditorId}/cases`);
    for (const line of lines) if (line.caseId === wanted || line.invoiceNumber === wanted) found.push({ creditorId, line });
  }
  const [first, ...others] = found;
  if (!first) throw new OpsError(`Aucun dossier ${wanted}.`);
  if (others.length > 0) {
    const ids = found.map(({ line }) => `${line.caseId} (échéance ${line.dueOn})`).join('\n  ');
    throw new OpsError(`Plusieurs dossiers pour ${wanted}\u202f: donnez l’identifiant de l’un d’eux\u202f:\n  ${ids}`);
  }
  return first;
}
