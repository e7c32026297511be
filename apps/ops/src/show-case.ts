import { frenchDay, parseDay } from '#domain';
import { wireAmount } from './clock-news.js';
import type { CaseLine } from './find-creditor.js';
import type { RestClient } from './rest-client.js';

interface Reason {
  readonly sentence: string;
}

interface Explanation {
  readonly whyHere: readonly Reason[];
  readonly whyNotSent: readonly Reason[];
  readonly whatNext: readonly Reason[];
  readonly whatChanges: readonly Reason[];
  readonly law: Reason;
  readonly claim: {
    readonly page: {
      readonly heading: string;
      readonly parts: readonly { readonly title: string; readonly sentences: readonly string[] }[];
    } | null;
    readonly refusal: { readonly code: string; readonly sentence: string; readonly article?: string; readonly supply?: string } | null;
  };
  readonly lastVerdicts: readonly { readonly at: string; readonly title: string; readonly sentence: string }[];
}

interface Plan {
  readonly diary: readonly { readonly on: string; readonly sentence: string; readonly assumed: string }[];
  readonly assumption: string;
}

/** One line per case, aligned. */
export function caseTable(lines: readonly CaseLine[]): string[] {
  const rows = lines.map((line) => [
    line.invoiceNumber + (line.term > 1 ? `~${line.term}` : ''),
    line.debtor.name,
    wireAmount(line.openPrincipal),
    line.dueOn,
    line.state,
    line.nextAct ? `${line.nextAct.at.slice(0, 10)} ${line.nextAct.sentence}` : '',
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[2] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Why here, why nothing left, what next, what would change it; then which law, and what is claimed on the day asked for, line by line. */
export async function explainLines(
  client: RestClient,
  creditorId: string,
  caseId: string,
  { language, on }: { readonly language: string; readonly on?: string | undefined },
): Promise<string[]> {
  const query = new URLSearchParams({ language, ...(on === undefined ? {} : { on }) });
  const explained = await client.get<Explanation>(`creditors/${creditorId}/cases/${caseId}/explain?${query.toString()}`);
  const part = (reasons: readonly Reason[]) => reasons.map(({ sentence }) => sentence);
  const verdicts = explained.lastVerdicts.map(({ at, title, sentence }) => `  ${at.slice(0, 10)} ${title}\u202f: ${sentence}`);
  return [
    ...part(explained.whyHere),
    ...part(explained.whyNotSent),
    ...part(explained.whatNext),
    ...part(explained.whatChanges),
    ...verdicts,
    '',
    explained.law.sentence,
    ...claimLines(explained.claim),
  ];
}

function claimLines({ page, refusal }: Explanation['claim']): string[] {
  if (page)
    return [page.heading, ...page.parts.flatMap(({ title, sentences }) => [title, ...sentences.map((sentence) => `  ${sentence}`)])];
  if (!refusal) return [];
  const { code, sentence, article, supply } = refusal;
  return [`${sentence} (${[code, article].filter(Boolean).join(', ')})`, ...(supply ? [`  → ${supply}`] : [])];
}

/** What will happen, day by day, and what is supposed. */
export async function planLines(client: RestClient, creditorId: string, caseId: string): Promise<string[]> {
  const plan = await client.get<Plan>(`creditors/${creditorId}/cases/${caseId}/plan`);
  const lines = plan.diary.map(({ on, sentence, assumed }) => `${longDay(on)} — ${sentence} (${assumed})`);
  return [plan.assumption, ...lines];
}

function longDay(text: string): string {
  const day = parseDay(text);
  return day ? frenchDay(day) : text;
}
