import { type Actor, canonicalJson, found, recordChange, refusal, todayFor } from '#casework';
import type { DunningPolicy } from '#domain';
import { checkPolicy, policyHash, policySchema } from '#policies';
import type { PageRequest, PolicyFilter } from '#persistence';
import type { PolicyVersionRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { Problem } from '../http/problem.js';

/** Ladders: the presets that come along, and versions published by the creditor, which never change. */
@Injectable()
export class PoliciesService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(creditorId: string, query: PolicyFilter & PageRequest<'policyId'>) {
    const page = await this.backend.readModels.policies(creditorId, query);
    const presets = this.backend.deps.policies.presets.filter((preset) => !query.policyId || preset.id === query.policyId);
    return {
      presets: presets.map(viewPreset),
      items: page.items.map(viewVersion),
      ...(page.nextCursor ? { nextCursor: page.nextCursor } : {}),
    };
  }

  async one(creditorId: string, policyId: string, version: number) {
    const preset = this.backend.deps.policies.presets.find((one) => one.id === policyId && one.version === version);
    if (preset) return viewPreset(preset);
    const row = await this.backend.plain((tx) => tx.policyVersions.one({ creditorId, policyId, version }));
    if (!row) throw refusal('policyNotFound', { policyId, version });
    return viewVersion(row);
  }

  check(body: unknown) {
    const findings = checkPolicy(body);
    return { fit: findings.length === 0, findings: findings.map((one) => ({ ...one })) };
  }

  /** Publishes a version for good. The same one again changes nothing; the same number with other content is refused. */
  async publish(creditorId: string, body: unknown, by: Actor) {
    const findings = checkPolicy(body);
    if (findings.length > 0) {
      throw new Problem('policyInvalid', {
        detail: findings[0]?.sentence ?? '',
        errors: findings.map((one) => ({ pointer: one.path, code: one.code, detail: one.sentence })),
      });
    }
    const policy = policySchema.parse(body);
    if (this.backend.deps.policies.presets.some((preset) => preset.id === policy.id)) {
      throw new Problem('policyVersionExists', {
        field: '/id',
        detail: 'Ce nom est celui d’un modèle fourni\u202f; choisissez-en un autre.',
      });
    }
    const row = await this.backend.run(creditorId, async (tx) => {
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const { clock } = this.backend.deps;
      const fresh: PolicyVersionRow = {
        creditorId,
        policyId: policy.id,
        version: policy.version,
        sha256: policyHash(policy),
        body: JSON.parse(canonicalJson(policy)) as Record<string, unknown>,
        publishedBy: by.actor,
        publishedAt: clock.now(),
      };
      if (!(await tx.policyVersions.insertOnce(fresh))) {
        const known = found(await tx.policyVersions.one({ creditorId, policyId: policy.id, version: policy.version }), 'policy', policy.id);
        if (known.sha256 !== fresh.sha256)
          throw refusal('policyVersionExists', { policyId: policy.id, version: policy.version }, '/version');
        return known;
      }
      const change = {
        creditorId,
        streamId: `policy:${policy.id}`,
        kind: 'policyPublished',
        recordedAt: clock.now(),
        effectiveOn: todayFor(creditor, clock),
      };
      await recordChange(
        tx,
        {
          ...change,
          cause: { policyId: policy.id, version: policy.version, sha256: fresh.sha256 },
          before: null,
          after: { sha256: fresh.sha256 },
        },
        by,
      );
      return fresh;
    });
    return viewVersion(row);
  }
}

function viewPreset(policy: DunningPolicy) {
  const body = JSON.parse(JSON.stringify(policy)) as Record<string, unknown>;
  return { id: policy.id, version: policy.version, sha256: policyHash(policy), preset: true, body, publishedBy: null, publishedAt: null };
}

function viewVersion(row: PolicyVersionRow) {
  const { policyId, version, sha256, body, publishedBy, publishedAt } = row;
  return { id: policyId, version, sha256, preset: false, body, publishedBy, publishedAt };
}
