import { type Day, frenchDay } from '#domain';
import { loadStatutes, type StatuteFinding, StatutesProblem, statuteWatch } from '#statutes';
import { OpsError } from './installation.js';

/** What each kind of finding asks of a person, the most pressing first. */
const HEADINGS: readonly (readonly [StatuteFinding['code'], string])[] = [
  ['seriesEnded', 'Sans suite connue (ce qui en dépend est refusé)'],
  ['valueMissing', 'Périodes sans valeur (ce qui les traverse est refusé)'],
  ['seriesEnds', 'S’arrêtent bientôt'],
  ['holidaysEnd', 'Jours fériés bientôt inconnus'],
  ['checkTooOld', 'Non revérifiées depuis un an'],
  ['neverChecked', 'Jamais vérifiées à leur source'],
  ['pendingRule', 'Textes annoncés, non appliqués'],
];

/** The findings of a day as lines for a terminal; `hasEnded` when a value that was known has no successor. */
export function checkStatutes(on: Day, folder?: string): { lines: string[]; hasEnded: boolean } {
  const statutes = load(folder);
  const findings = statuteWatch(statutes, on);
  const of = (code: StatuteFinding['code']) => findings.filter((finding) => finding.code === code);
  const sections = HEADINGS.flatMap(([code, heading]) => {
    const found = of(code);
    return found.length === 0
      ? []
      : ['', `${heading}\u202f: ${found.length}`, ...found.map(({ key, sentence }) => `  ${sentence} [${key}]`)];
  });
  const counted = `${statutes.parameters.size} valeurs légales et ${statutes.territories.size} calendriers au ${frenchDay(on)}`;
  const conclusion = sections.length === 0 ? [`${counted}\u202f: rien à signaler.`] : [`${counted}.`, ...sections];
  return { lines: conclusion, hasEnded: of('seriesEnded').length + of('valueMissing').length > 0 };
}

function load(folder: string | undefined) {
  try {
    return folder === undefined ? loadStatutes() : loadStatutes(folder);
  } catch (problem) {
    if (problem instanceof StatutesProblem)
      throw new OpsError(`Les valeurs légales ne se chargent pas\u202f:\n${problem.findings.join('\n')}`);
    throw problem;
  }
}
