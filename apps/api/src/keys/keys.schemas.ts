import { z } from 'zod';
import { instantAnswer, instantInput, lineInput, pageAnswer, pageFields } from '../http/wire.js';

const ROLES = ['controller', 'finance', 'auditor', 'integrator', 'operator'] as const;

export const keyInput = z
  .strictObject({ name: lineInput(100), role: z.enum(ROLES), expiresAt: instantInput.optional() })
  .meta({ id: 'KeyInput', description: 'Une clé par personne ou par logiciel\u202f: son nom est écrit au journal.' });
export type KeyInput = z.output<typeof keyInput>;
export const keyQuery = z.strictObject(pageFields);
const fields = {
  keyId: z.string(),
  creditorId: z.string(),
  role: z.enum(ROLES),
  name: z.string(),
  prefix: z.string(),
  createdAt: instantAnswer,
  expiresAt: instantAnswer.nullable(),
  revokedAt: instantAnswer.nullable(),
  lastUsedAt: instantAnswer.nullable(),
};
export const keyAnswer = z.object(fields).meta({ id: 'Key' });
export const newKeyAnswer = z
  .object({ ...fields, token: z.string().meta({ description: 'Montrée une seule fois.' }) })
  .meta({ id: 'NewKey' });
export const keyPage = pageAnswer(keyAnswer, 'KeyPage');
