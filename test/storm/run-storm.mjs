// One storm: safety under faults, then everything whole again and convergence demanded, then the books are compared.
import { setTimeout as sleep } from 'node:timers/promises';
import { aimAtLetters } from './aimed-deeds.mjs';
import { buildStorm, closeStorm, ROOT } from './build-storm.mjs';
import { CreditorDays } from './creditor-days.mjs';
import { Dice } from './dice.mjs';
import { Faults } from './faults.mjs';
import { judge } from './oracle/judge.mjs';
import { Staff } from './staff.mjs';
import { drawWorld, invoiceFile, later } from './world.mjs';

const MONTHS_DAYS = 66;
const CALM_DAYS = 45;
const PROGRESS_MS = 15_000;
const CONVERGENCE_MS = 180_000;

/**
 * Runs the storm of a seed and answers its scoreboard. `kills` ends the fault phase early once used up; `patches` is a seeded bug;
 * `only` names the kinds of fault to draw from.
 */
export async function runStorm({ seed, cases, kills, patches, only, keep, days = MONTHS_DAYS, say = () => undefined }) {
  const dice = new Dice(seed, 'storm');
  const began = performance.now();
  const world = drawWorld(dice.of('world'), cases);
  const storm = await buildStorm({ dice: dice.of('build'), patches, say });
  try {
    const board = await playStorm(storm, world, { dice, cases, kills, only, days, say });
    return { seed, ...board, seconds: Math.round((performance.now() - began) / 1000), folder: keep ? storm.folder : undefined };
  } finally {
    await closeStorm(storm, keep);
  }
}

async function playStorm(storm, world, { dice, cases, kills, only, days, say }) {
  for (const application of storm.applications) application.firstBuild = application.build;
  const lives = await settleIn(storm, world, dice, say);
  const end = later(world.start, days);
  const progress = () => Math.min(...lives.map((life) => life.shareDone(world.start, days)));
  const faults = new Faults({ ...storm, dice: dice.of('faults'), kills, only, aim: aimAtLetters(storm, lives), progress });
  say(`${cases} cases of ${world.creditors.length} creditor(s) are in; the storm begins`);
  const storming = faults.run();
  const telling = setInterval(() => void tellProgress(lives, faults, say), PROGRESS_MS);
  const patience = dice.of('patience');
  await Promise.all(lives.map((life) => life.runUntil(end, () => patience.whole(800, 5_000))));
  say(`months are over after ${faults.killed} kills`);
  // Kills that are left fall on what is still moving.
  const leftover = Date.now() + 45_000;
  while (faults.canKill && faults.killed < kills && Date.now() < leftover) await sleep(300);
  faults.stop();
  await storming;
  clearInterval(telling);
  const healedAt = performance.now();
  await faults.heal();
  const stuck = await converge(lives, storm.payer, CONVERGENCE_MS);
  const convergedMs = Math.round(performance.now() - healedAt);
  say(stuck.length > 0 ? `does not converge: ${stuck.join('; ')}` : `converged in ${convergedMs} ms; calm weeks follow`);
  let verdict = await judge(storm, world, lives);
  let liveness = stuck;
  if (stuck.length === 0 && verdict.violations.length === 0) {
    // What the storm delayed comes to its end in calm weather.
    await Promise.all(lives.map((life) => life.runUntil(later(end, CALM_DAYS), () => 25_000)));
    liveness = await converge(lives, storm.payer, CONVERGENCE_MS);
    verdict = await judge(storm, world, lives);
  }
  const refused = {};
  for (const { staff } of lives) for (const words of staff.refusals) refused[words] = (refused[words] ?? 0) + 1;
  return {
    cases,
    kills: faults.killed,
    killsWanted: kills,
    faults: faults.counts,
    ...verdict.figures,
    convergedMs,
    violations: [...liveness.map((words) => `liveness: ${words}`), ...verdict.violations],
    refused,
    log: faults.log,
  };
}

async function tellProgress(lives, faults, say) {
  const clocks = await Promise.all(lives.map(async (life) => (await life.state()).clock.slice(5, 10))).catch(() => ['database away']);
  say(`days ${clocks.join(' ')}, kills ${faults.killed}, last: ${faults.log.at(-1) ?? 'none'}`);
}

/** Creditors, webhook addresses, the ERP's file; then the cases are known by their ids. */
async function settleIn(storm, world, dice, say) {
  const lives = [];
  for (const creditor of world.creditors) {
    const { desk, sql, payer, local } = storm;
    await desk.ask('operator', 'POST', '/api/v1/creditors', creditorInput(creditor));
    await payer.register(creditor.creditorId);
    const path = `/api/v1/creditors/${creditor.creditorId}/imports`;
    const bytes = new TextEncoder().encode(invoiceFile(creditor));
    const preview = await desk.ask('integrator', 'POST', path, bytes, { headers: { 'x-file-name': 'factures.csv' } });
    await desk.ask('integrator', 'POST', `${path}/${preview.importId}/commit`, {}, { timeoutMs: 60_000 });
    await untilImported(sql, creditor);
    const staff = new Staff({
      creditorId: creditor.creditorId,
      desk,
      sql,
      local,
      payer,
      dice: dice.of(`staff ${creditor.creditorId}`),
      invoices: creditor.invoices,
    });
    lives.push(new CreditorDays({ creditor, desk, sql, staff, payer, local, dice: dice.of(`days ${creditor.creditorId}`) }));
    say(`${creditor.invoices.length} invoices of ${creditor.creditorId} are imported`);
  }
  return lives;
}

function creditorInput({ creditorId, legalName, siren }) {
  return {
    creditorId,
    legalName,
    law: 'FR',
    language: 'fr',
    siren,
    address: { lines: ['12 rue des Copeaux'], postcode: '69003', city: 'Lyon', country: 'FR' },
    sandbox: true,
    iban: 'FR1420041010050500013M02606',
    replyToEmail: 'claire.aubin@creancier.example',
    senderEmail: 'relances@creancier.example',
    phone: '+33199001234',
    signatoryName: 'Claire Aubin',
    signatoryTitle: 'Gestionnaire du poste clients',
  };
}

async function untilImported(sql, { creditorId, invoices }) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const { rows } = await sql.query(
      'select c.case_id, i.number from recovery_case c join invoice i using (creditor_id, invoice_id) where creditor_id = $1',
      [creditorId],
    );
    if (rows.length === invoices.length) {
      const ids = new Map(rows.map((row) => [row.number, row.case_id]));
      for (const invoice of invoices) invoice.caseId = ids.get(invoice.number);
      return;
    }
    if (Date.now() > deadline) throw new Error(`${rows.length} of ${invoices.length} invoices of ${creditorId} were imported`);
    await sleep(300);
  }
}

/** Waits until nothing moves anywhere, people included. Answers what still moves when the time is up. */
async function converge(lives, payer, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let acts = 0;
    for (const life of lives) acts += await life.staff.pass((await life.state()).clock.slice(0, 10), false);
    const moving = (
      await Promise.all(lives.map(async (life) => (await life.moving()).map((what) => `${life.creditor.creditorId}: ${what}`)))
    ).flat();
    if (moving.length === 0 && acts === 0) return [];
    if (Date.now() > deadline) return moving.length > 0 ? moving : ['people always have something to do'];
    await sleep(400);
  }
}

export { ROOT };
