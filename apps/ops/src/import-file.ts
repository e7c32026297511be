import { OpsError } from './installation.js';
import type { RestClient } from './rest-client.js';

interface Finding {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly line?: number;
}

interface ImportState {
  readonly importId: string;
  readonly fileName: string;
  readonly format: string;
  readonly state: 'previewed' | 'committing' | 'committed' | 'refused';
  readonly totals: {
    readonly rows: number;
    readonly accepted: number;
    readonly refused: number;
    readonly sums: readonly {
      readonly currency: string;
      readonly invoices: string;
      readonly creditNotes: string;
      readonly payments: string;
    }[];
  };
  readonly findings: readonly Finding[];
  readonly rows: number;
  readonly done: number;
  readonly results?: Readonly<Record<string, number>>;
}

export interface ImportWish {
  readonly creditorId: string;
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly kind: 'invoices' | 'payments';
  /** Stop after the preview. */
  readonly previewOnly: boolean;
  readonly onlyGoodRows: boolean;
}

const POLL_MS = 200;
const LIMIT_MS = 300_000;

const RESULTS: Readonly<Record<string, string>> = {
  committed: 'enregistrée',
  unchanged: 'inchangée',
  conflict: 'en conflit',
  refused: 'refusée',
  failed: 'en échec',
  accepted: 'acceptée',
};

/** Preview, then commit, as any user does it. Returns the lines to print. */
export async function importFile(client: RestClient, wish: ImportWish): Promise<string[]> {
  const path = `creditors/${wish.creditorId}/imports`;
  const preview = await client.upload<ImportState>(`${path}?kind=${wish.kind}`, wish.bytes, wish.fileName);
  const lines = [previewLine(preview), ...preview.findings.map(findingLine), ...(await badRows(client, path, preview))];
  if (wish.previewOnly || preview.state === 'committed') return [...lines, ...resultLines(preview)];
  if (preview.state === 'refused') throw new OpsError(`${lines.join('\n')}\nLe fichier est refusé\u202f: rien n’a été enregistré.`);
  await client.post(`${path}/${preview.importId}/commit`, { onlyGoodRows: wish.onlyGoodRows });
  return [...lines, ...resultLines(await untilCommitted(client, `${path}/${preview.importId}`))];
}

async function untilCommitted(client: RestClient, path: string): Promise<ImportState> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const state = await client.get<ImportState>(path);
    if (state.state === 'committed') return state;
    if (Date.now() > deadline)
      throw new OpsError(
        `L’import en est à la ligne ${state.done} sur ${state.rows} après ${LIMIT_MS / 1000} s\u202f: relancez la même commande, elle reprend.`,
      );
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}

async function badRows(client: RestClient, path: string, preview: ImportState): Promise<string[]> {
  if (preview.totals.refused === 0) return [];
  const rows = await client.all<{ row: number; findings: readonly Finding[] }>(`${path}/${preview.importId}/rows?state=refused`);
  return rows.flatMap(({ row, findings }) => findings.map((finding) => `  ligne ${finding.line ?? row}\u202f: ${finding.message}`));
}

function previewLine({ fileName, format, totals }: ImportState): string {
  const sums = totals.sums.map(({ currency, invoices, creditNotes, payments }) => {
    const parts = [
      ['factures', invoices],
      ['avoirs', creditNotes],
      ['paiements', payments],
    ].filter(([, sum]) => sum !== undefined && /[1-9]/.test(sum));
    return parts.map(([what, sum]) => `${what} ${sum} ${currency}`).join(', ');
  });
  return `${fileName} (${format})\u202f: ${several(totals.rows, 'ligne')}, ${several(totals.accepted, 'bonne')}, ${several(totals.refused, 'refusée')}${sums.some(Boolean) ? `\u202f; ${sums.filter(Boolean).join('\u202f; ')}` : ''}`;
}

function findingLine({ message, line }: Finding): string {
  return `  ${line ? `ligne ${line}\u202f: ` : ''}${message}`;
}

function resultLines({ results }: ImportState): string[] {
  const parts = Object.entries(results ?? {}).map(([state, count]) => several(count, RESULTS[state] ?? state));
  return parts.length > 0 ? [`  ${parts.join(', ')}`] : [];
}

/** `1 ligne`, `2 lignes`; words of several parts stay as they are. */
function several(count: number, word: string): string {
  return `${count} ${word}${count > 1 && !word.includes(' ') ? 's' : ''}`;
}
