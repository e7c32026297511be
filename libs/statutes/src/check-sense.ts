import type { StatutoryParameter, TerritoryRules } from './statute-schema.js';

/** What the shape cannot say: lines in order, no overlap, a check exactly where a value was read at its source. One sentence a finding. */
export function checkSense(parameter: StatutoryParameter): string[] {
  const findings: string[] = [];
  parameter.values.forEach((value, index) => {
    const where = `${parameter.key} from ${value.from}`;
    const next = parameter.values[index + 1];
    if (value.until !== undefined && value.until < value.from) findings.push(`${where}: ends before it begins`);
    if (next && next.from <= value.from) findings.push(`${where}: the next line (${next.from}) does not begin later`);
    else if (next && value.until !== undefined && next.from <= value.until) findings.push(`${where}: overlaps the line from ${next.from}`);
    const isChecked = (value.checkedOn ?? parameter.checkedOn) !== undefined;
    if (value.confidence === 'V' && !isChecked) findings.push(`${where}: marked V without checkedOn`);
    if (value.confidence !== 'V' && value.checkedOn !== undefined) findings.push(`${where}: checkedOn needs the mark V`);
  });
  return findings;
}

/** Every territory that another one builds on exists, and covers the same years. */
export function checkTerritories(territories: ReadonlyMap<string, TerritoryRules>): string[] {
  const findings: string[] = [];
  for (const rules of territories.values()) {
    if (rules.covers.untilYear < rules.covers.fromYear) findings.push(`${rules.territory}: covers no year`);
    if (rules.extends === undefined) continue;
    const base = territories.get(rules.extends);
    if (!base) findings.push(`${rules.territory}: extends ${rules.extends}, which does not exist`);
    else if (base.extends !== undefined) findings.push(`${rules.territory}: extends ${rules.extends}, which itself extends another`);
    else if (base.covers.fromYear > rules.covers.fromYear || base.covers.untilYear < rules.covers.untilYear) {
      findings.push(`${rules.territory}: covers years that ${rules.extends} does not`);
    }
  }
  return findings;
}
