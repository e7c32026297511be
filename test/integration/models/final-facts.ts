import { dayIn, decodeState } from '#domain';
import type { StageVerdictRow } from '#ports';
import { shown } from './reference-answers.js';
import { ZONE } from './pure-case.js';
import type { Town } from '../../support/town.js';
import type { ServiceCase } from './service-case.js';

/** What is left of a story when it is over, in words that can be compared. */
export interface FinalFacts {
  readonly state: string;
  readonly closed: string | null;
  readonly openMinor: string;
  /** Rungs in the order in which they got their outcome, with the day. */
  readonly rungs: readonly string[];
  /** Why something left or did not, in order, with the day. */
  readonly verdicts: readonly string[];
  /** Invariants that did not hold on the way. */
  readonly faults: readonly string[];
}

/** The facts as PostgreSQL holds them. */
export async function factsOfServices(town: Town, { creditorId, caseId }: ServiceCase): Promise<FinalFacts> {
  const row = await town.caseRow(creditorId, caseId);
  const verdicts = await town.verdicts(creditorId, caseId);
  return {
    state: row.state,
    closed: row.closedKind,
    openMinor: row.openPrincipalMinor.toString(),
    rungs: decodeState(row.recovery).stages.map(({ stage, round, outcome, on }) => `${on} ${stage}/${round} ${outcome}`),
    verdicts: verdicts
      .filter(isShared)
      .map(({ at, stage, verdict, code }) => `${dayIn(at, ZONE)} ${stage} ${verdict} ${SAME_WORD[code] ?? code}`),
    faults: [],
  };
}

/** A call owed again joins the task that nobody did; the simulation keeps no tasks and opens one. */
const SAME_WORD: Readonly<Record<string, string>> = { joinedOpenCall: 'callTaskOpened' };

/** A letter that was only prepared is called off when the case stops; the simulation prepares nothing that could be. */
function isShared({ verdict, code }: StageVerdictRow): boolean {
  return verdict !== 'NOT_SENT' || code.startsWith('letter.');
}

/** Where two sides differ, one line each; empty when they agree. */
export function differences(services: FinalFacts, simulation: FinalFacts, { model }: ServiceCase): string[] {
  const say = (what: string, a: unknown, b: unknown): string[] =>
    JSON.stringify(a) === JSON.stringify(b) ? [] : [`${what}: services ${JSON.stringify(a)}, simulation ${JSON.stringify(b)}`];
  const told = say('model', services.state, shown(model)).length > 0 ? [`state: services ${services.state}, model ${shown(model)}`] : [];
  const rungs = services.rungs.map((line) => line.split(' ')[1] ?? '').sort();
  return [
    ...told,
    ...(rungs.join(' ') === [...model.decided].sort().join(' ')
      ? []
      : [`rungs: services ${rungs.join(' ')}, model ${model.decided.join(' ')}`]),
    ...(services.openMinor === model.open.toString() ? [] : [`open: services ${services.openMinor}, model ${model.open}`]),
    ...say('state', services.state, simulation.state),
    ...say('closed', services.closed, simulation.closed),
    ...say('open', services.openMinor, simulation.openMinor),
    ...say('rungs', services.rungs, simulation.rungs),
    ...say('verdicts', services.verdicts, simulation.verdicts),
    ...simulation.faults.map((fault) => `simulation: ${fault}`),
  ];
}
