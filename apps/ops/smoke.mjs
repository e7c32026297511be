// One case through a running API: health, a sandbox creditor, one invoice, its case, its clock. Ends with 0 when all of it answered.
// RELANCE_API_URL and a key for all creditors of each role in <RELANCE_DATA>/keys.json (made by the seed).
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const api = (process.env.RELANCE_API_URL || 'http://127.0.0.1:3000').replace(/\/+$/, '');
const keys = JSON.parse(readFileSync(path.join(process.env.RELANCE_DATA || '.data', 'keys.json'), 'utf8'));

async function call(role, method, route, body, expected) {
  const response = await fetch(`${api}${route}`, {
    method,
    headers: { ...(role ? { authorization: `Bearer ${keys[role]}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!expected.includes(response.status)) throw new Error(`${method} ${route} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

const id = `smoke-${randomUUID().slice(0, 8)}`;
const at = `/api/v1/creditors/${id}`;
try {
  await call(undefined, 'GET', '/health/ready', undefined, [200]);
  await call(
    'operator',
    'POST',
    '/api/v1/creditors',
    {
      creditorId: id,
      legalName: 'Essai de fumée',
      law: 'FR',
      address: { lines: ['1 rue de l’Essai'], postcode: '69003', city: 'Lyon', country: 'FR' },
      siren: '000000109',
      iban: 'FR1420041010050500013M02606',
      signatoryName: 'Claire Aubin',
      signatoryTitle: 'contrôleuse de gestion',
      senderEmail: 'compta@essai.example',
      replyToEmail: 'claire.aubin@essai.example',
      sandbox: true,
    },
    [201],
  );
  const invoice = {
    number: 'S-1',
    issuedOn: '2026-01-27',
    dueOn: '2026-02-26',
    gross: { amount: '1240.00', currency: 'EUR' },
    debtor: {
      name: 'Boulangerie Tourtefeuille',
      siren: '000000208',
      email: 'compta@tourtefeuille.example',
      phone: '+33 4 65 71 00 20',
      street: '1 rue du Four',
      postcode: '69001',
      city: 'Lyon',
      country: 'FR',
      language: 'fr',
    },
  };
  await call('integrator', 'PUT', `${at}/invoices/S-1`, invoice, [201]);
  await call('integrator', 'PUT', `${at}/invoices/S-1`, invoice, [200]);
  const { items } = await call('controller', 'GET', `${at}/cases`, undefined, [200]);
  expect(
    items.length === 1 && items[0].openPrincipal.amount === '1240.00',
    `One case of 1240.00 was expected, got ${JSON.stringify(items)}`,
  );
  const { caseId } = items[0];
  const explained = await call('auditor', 'GET', `${at}/cases/${caseId}/explain`, undefined, [200]);
  expect(explained.sentences.length > 0, 'The case explains nothing');
  const plan = await call('auditor', 'GET', `${at}/cases/${caseId}/plan`, undefined, [200]);
  expect(plan.diary.at(-1)?.kind === 'referral', 'The plan does not reach the referral');
  const statement = await call('auditor', 'GET', `${at}/cases/${caseId}/statement?on=2026-03-30`, undefined, [200]);
  expect(statement.claimTotal.amount === '1293.21', `The claim of 30 March is ${statement.claimTotal.amount}`);
  const moved = await call('operator', 'POST', `${at}/sandbox/clock`, { toNextWake: true }, [200]);
  expect(moved.moved === true, 'The clock did not move');
  const journal = await call('auditor', 'GET', `${at}/journal/verify`, undefined, [200]);
  expect(journal.ok === true, `The journal is broken: ${JSON.stringify(journal.fault)}`);
  console.log(`smoke: one case taken through ${api} as far as ${moved.day}`);
} catch (error) {
  console.error(`smoke: ${error.message}`);
  process.exitCode = 1;
}
