import { limitationOf, openBytes, type MessageDraft, sealedDocumentsOf } from '#casework';

import {
  type DossierFile,
  type DossierManifest,
  type HandOverContent,
  type HistoryRow,
  packDossier,
  renderHandOverSummary,
} from '#letters';
import type { DebtorContactRow } from '#ports';
import type { ActivityPorts } from '../activity-ports.js';
import { claimGrounds, standingObjection } from './claim-grounds.js';
import { letterContent } from './letter-content.js';
import { safeName } from './file-names.js';
import { caseHistory } from './case-history.js';

export interface BuiltDossier {
  readonly zip: Uint8Array;
  readonly fileName: string;
  readonly manifest: DossierManifest;
}

/** The hand-over file: summary, invoice, exact messages, letters and proofs, timeline, statement, each with its hash. */
export async function buildDossier(ports: ActivityPorts, draft: MessageDraft): Promise<BuiltDossier> {
  const [member] = draft.members;
  if (!member) throw new Error('A hand-over file is about one case');
  const history = await caseHistory(ports.casework, draft.lead);
  const documents = await documentsOf(ports, draft);
  const json = (value: unknown) =>
    new TextEncoder().encode(`${JSON.stringify(value, (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v), 2)}\n`);
  const records: DossierFile[] = [
    { name: 'timeline.json', bytes: json(history.timeline), what: 'Journal complet du dossier, chaîné' },
    {
      name: 'statement.json',
      bytes: json(member.statement ?? { principalOnly: true, openPrincipalMinor: member.row.openPrincipalMinor }),
      what: `Décompte au ${draft.slotOn}`,
    },
    ...documents,
  ];
  const reference = member.invoice.number;
  const listed = packDossier(reference, draft.slotOn, records).manifest.files;
  const summary = renderHandOverSummary(
    summaryContent(draft, {
      history: history.rows,
      listed,
      contacts: await contactsOf(ports, draft),
      limitation: await limitationOf(ports.casework, draft.lead, draft.letter.debtor.kind, draft.slotOn),
    }),
  );
  const files: DossierFile[] = [{ name: 'summary.pdf', bytes: summary, what: 'Résumé du dossier' }, ...records];
  const { zip, manifest } = packDossier(reference, draft.slotOn, files);
  return { zip, manifest, fileName: `dossier-${safeName(reference)}.zip` };
}

async function documentsOf(ports: ActivityPorts, draft: MessageDraft): Promise<DossierFile[]> {
  const wanted = await ports.casework.unitOfWork.plain((tx) => sealedDocumentsOf(tx, draft.lead));
  const files: DossierFile[] = [];
  for (const document of wanted) {
    const { bytes } = await ports.casework.unitOfWork.plain((tx) => openBytes(tx, ports.casework, draft.creditorId, document.objectId));
    files.push({ name: document.name, bytes, what: document.what });
  }
  return files;
}

const ROLE_IN_FRENCH: Readonly<Record<DebtorContactRow['role'], string>> = {
  debtor: 'débiteur',
  legalRepresentative: 'représentant légal',
  accounting: 'comptabilité',
  orderingParty: 'donneur d’ordre',
  guarantor: 'garant',
  counsel: 'conseil',
  curator: 'mandataire judiciaire',
};

interface SummaryParts {
  readonly history: readonly HistoryRow[];
  readonly listed: DossierManifest['files'];
  readonly contacts: readonly DebtorContactRow[];
  readonly limitation: Awaited<ReturnType<typeof limitationOf>>;
}

function summaryContent(draft: MessageDraft, { history, listed, contacts, limitation }: SummaryParts): HandOverContent {
  const content = letterContent(draft);
  const [member] = draft.members;
  return {
    ...content,
    language: 'fr',
    act: 'handOverSummary',
    caseReference: member?.invoice.number ?? draft.lead.caseId,
    grounds: claimGrounds(draft.members),
    history,
    ...(limitation ? { limitationOn: limitation.on, limitationBasis: limitation.basis } : {}),
    debtorContacts: contacts.map((contact) => ({
      name: contact.name ?? draft.letter.debtor.legalName,
      role: ROLE_IN_FRENCH[contact.role],
      ...(contact.channel === 'email' ? { email: contact.address } : { phone: contact.address }),
    })),
    ...standingObjection(draft.members),
    files: listed.map((file) => ({ name: file.name, sha256: file.sha256 })),
  };
}

/** Every address that is in use, so that the partner can reach the debtor. */
function contactsOf(ports: ActivityPorts, { creditorId, debtorId }: MessageDraft): Promise<DebtorContactRow[]> {
  return ports.casework.unitOfWork.plain((tx) =>
    tx.contacts.all({ creditorId, debtorId, usable: true, channel: ['email', 'phone'] }, { by: 'createdAt', limit: 20 }),
  );
}
