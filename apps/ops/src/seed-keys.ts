import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createDataSource, systemClock, TypeormUnitOfWork, uuidV7Ids } from '#persistence';
import { keptKeys, type KeyRole } from './installation.js';

const ROLES: readonly KeyRole[] = ['operator', 'finance', 'controller', 'auditor', 'integrator'];
const NAMES: Readonly<Record<KeyRole, string>> = {
  operator: 'exploitant',
  finance: 'Marc Delvaux',
  controller: 'Claire Aubin',
  auditor: 'Inès Roche',
  integrator: 'ERP',
};
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/**
 * The first keys of an installation, one per role, for all its creditors: nobody could ask the API for them yet. Written to files of mode 0600
 * before the database knows them, so that a kill in between is repaired by the next run. Tells whether anything was new.
 */
export async function seedKeys(databaseUrl: string, data: string): Promise<{ keys: Record<KeyRole, string>; isNew: boolean }> {
  mkdirSync(data, { recursive: true });
  const kept = keptKeys(data);
  const keys = Object.fromEntries(ROLES.map((role) => [role, kept[role] ?? newToken()])) as Record<KeyRole, string>;
  const isComplete = ROLES.every((role) => kept[role]);
  if (!isComplete) writePrivate(path.join(data, 'keys.json'), `${JSON.stringify(keys, null, 2)}\n`);
  if (!isComplete || !existsSync(path.join(data, 'api-key'))) writePrivate(path.join(data, 'api-key'), `${keys.finance}\n`);
  const isNew = await store(databaseUrl, keys);
  return { keys, isNew };
}

async function store(databaseUrl: string, keys: Readonly<Record<KeyRole, string>>): Promise<boolean> {
  const dataSource = createDataSource(databaseUrl, { applicationName: 'relance-seed', poolSize: 1 });
  await dataSource.initialize();
  try {
    return await new TypeormUnitOfWork(dataSource).plain(async (tx) => {
      let isNew = false;
      for (const role of ROLES) {
        const prefix = keys[role].slice(3, 11);
        if (await tx.apiKeys.one({ prefix })) continue;
        isNew = true;
        await tx.apiKeys.insert({
          keyId: uuidV7Ids.next(),
          creditorId: '*',
          role,
          name: NAMES[role],
          prefix,
          sha256: createHash('sha256').update(keys[role]).digest('hex'),
          createdAt: systemClock.now(),
          expiresAt: null,
          revokedAt: null,
          lastUsedAt: null,
        });
      }
      return isNew;
    });
  } finally {
    await dataSource.destroy();
  }
}

/** `rk_<8 letters or digits>_<32 random bytes>`. */
function newToken(): string {
  const prefix = [...randomBytes(8)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return `rk_${prefix}_${randomBytes(32).toString('base64url')}`;
}

function writePrivate(file: string, content: string): void {
  writeFileSync(`${file}.part`, content, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}
