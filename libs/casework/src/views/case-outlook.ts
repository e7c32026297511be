import { type DiaryLine, decodeState, type DatedStage, explainCase, type RecoveryState, simulate, type Wake } from '#domain';
import type { CaseRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { look } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { titleOfRung } from './rung-title.js';
import { verdictSentence } from './verdict-sentences.js';

/** What a case will do as things stand. Nothing is written. */
export interface CaseOutlook {
  readonly state: RecoveryState;
  readonly environment: CaseEnvironment;
  readonly plan: readonly DatedStage[];
  /** What the workflow waits for; absent on a closed case. */
  readonly wake?: Wake;
}

/** Plan drawn for now, and the wake that the row names: the workflow waits for that one and for no other. */
export async function outlookOf(tx: Tables, deps: CaseworkDeps, row: CaseRow): Promise<CaseOutlook> {
  const environment = await environmentOf(tx, deps, row);
  const state = decodeState(row.recovery);
  const { plan } = look(state, environment);
  const wake = wakeOfRow(row);
  return { state, environment, plan, ...(wake ? { wake } : {}) };
}

/** The wake kept in a row. */
export function wakeOfRow(row: Pick<CaseRow, 'wakeKind' | 'wakeAt' | 'wakeStage' | 'wakeRound'>): Wake | undefined {
  if (!row.wakeKind || !row.wakeAt) return undefined;
  return {
    kind: row.wakeKind,
    at: row.wakeAt,
    ...(row.wakeStage ? { stage: row.wakeStage } : {}),
    ...(row.wakeRound === null ? {} : { round: row.wakeRound }),
  };
}

/** What happens next, to the end, if nobody pays: the real functions, wake by wake. Empty on a closed case. */
export function diaryOf({ state, environment }: CaseOutlook, horizonDays: number): DiaryLine[] {
  if (state.closed) return [];
  const { policy, calendar, zone, jitterSeconds, now, today, constraints } = environment;
  return simulate({ state, policy, calendar, zone, jitterSeconds, now, today, constraints }, horizonDays);
}

/** Why the case stands here and what would change it. `codes[i]` belongs to `sentences[i]`. */
export function explanationOf(
  { state, plan, wake, environment }: CaseOutlook,
  language: 'fr' | 'en' | 'nl',
): { codes: string[]; sentences: string[] } {
  const { postponed } = state;
  const told = postponed ? { ...state, postponed: { ...postponed, reason: reasonOf(postponed.reason, language) } } : state;
  const { codes, sentences } = explainCase(told, plan, wake, environment.policy);
  return { codes, sentences: sentences[language] };
}

/** The reason of a postponement as the middle of a sentence. */
function reasonOf(code: string, language: 'fr' | 'en' | 'nl'): string {
  return verdictSentence({ verdict: 'POSTPONED', code }, language)
    .replace(/^[^:]*:\s*/, '')
    .replace(/\.$/, '');
}

/** The French title of a rung of this policy; a rung of no policy keeps its code. */
export function titleOfStage({ environment }: Pick<CaseOutlook, 'environment'>, stage: string): string {
  return titleOfRung(environment.policy, stage);
}
