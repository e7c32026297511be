import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DunningPolicy } from '#domain';
import { parse } from 'yaml';
import { checkPolicy } from './check-policy.js';
import { policySchema } from './policy-schema.js';

/** Reads one ladder from YAML. Throws an Error that lists every finding. */
export function readPolicy(yaml: string, origin = 'policy'): DunningPolicy {
  const raw: unknown = parse(yaml);
  const findings = checkPolicy(raw);
  if (findings.length > 0) {
    throw new Error(`${origin}: ${findings.map((finding) => `${finding.code} ${finding.path} ${finding.sentence}`).join(' | ')}`);
  }
  return policySchema.parse(raw);
}

/** The ladders that come with the product, in the order of their file names. Read from disk at each call. */
export function loadPresets(): readonly DunningPolicy[] {
  const directory = new URL('.', import.meta.resolve('#asset/policies/presets/standard.yaml'));
  const names = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => readPolicy(readFileSync(fileURLToPath(new URL(name, directory)), 'utf8'), name));
}
