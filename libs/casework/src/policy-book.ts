import { type DunningPolicy, type Money, parseMoney } from '#domain';
import { loadPresets } from '#policies';
import type { Tables } from '#ports';
import { refusal } from './refused-error.js';

/** Finds the pinned version of a ladder: the creditor's own published versions first, then the presets. Versions never change, so they are kept. */
export interface PolicyBook {
  readonly presets: readonly DunningPolicy[];
  find(tx: Tables, creditorId: string, id: string, version: number): Promise<DunningPolicy>;
}

export function openPolicyBook(): PolicyBook {
  const presets = loadPresets();
  const known = new Map<string, DunningPolicy>();
  return {
    presets,
    async find(tx, creditorId, id, version) {
      const key = `${creditorId}/${id}@${version}`;
      const hit = known.get(key) ?? presets.find((p) => p.id === id && p.version === version);
      if (hit) return hit;
      const row = await tx.policyVersions.one({ creditorId, policyId: id, version });
      if (!row) throw refusal('policyNotFound', { policyId: id, version });
      const policy = row.body as unknown as DunningPolicy;
      known.set(key, policy);
      return policy;
    },
  };
}

/** The policy's amount for a currency in minor units; zero where the policy names none. */
export function amountFor(amounts: Readonly<Record<string, string>>, currency: string): bigint {
  const text = amounts[currency];
  if (text === undefined) return 0n;
  const parsed = parseMoney(text, currency);
  if ('problem' in parsed) throw new RangeError(`Policy amount ${text} ${currency}: ${parsed.problem}`);
  return (parsed as Money).minor;
}
