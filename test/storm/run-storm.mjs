// One storm: safety under faults, then everything whole again and convergence demanded, then the books are compared.
import { setTimeout as sleep } from 'node:timers/promises';
import { Aim } from './aimed-deeds.mjs';
import { buildStorm, closeStorm, ROOT } from './build-storm.mjs';
import { CpuBook } from './cpu-time.mjs';
import { CreditorDays } from './creditor-days.mjs';
import { Dice } from './dice.mjs';
import { Faults } from './faults.mjs';
import { judge, judgeEarly } from './oracle/judge.mjs';
import { agreement } from './oracle/orchestration.mjs';
import { Staff } from './staff.mjs';
import { drawWorld, invoiceFile, later } from './world.mjs';

const MONTHS_DAYS = 66;
const CALM_DAYS = 30;
const PROGRESS_MS = 15_000;
const CONVERGENCE_MS = 180_000;
const EARLY_LOOK_MS = 1_500;
/** Kills that are left when the months are over fall on what still moves, so long at most. */
const LEFTOVER_MS = 45_000;
const LEFTOVER_OF_BUG_MS = 5_000;

/** How long the months of a storm take: five seconds a kill, and enough for what so many cases have to do. */
function monthsMs(cases, kills, days) {
  return Math.round(Math.max(20_000, kills * 5_000, cases * 1_000) * Math.max(0.5, days / MONTHS_DAYS));
}

/**
 * Runs the storm of a seed and answers its scoreboard. `kills` deaths are spread over the months; `patches` is a seeded bug; `only` names the kinds of
 * fault to draw from, `points` the named points to die at, `lines` the network lines to cut; `tilt` changes how often people do what. `stopWhen` names
 * invariants: a storm that breaks one of them ends there and then.
 */
export async function runStorm({ seed, cases, patches, keep, tilt, say = () => undefined, ...plan }) {
  const dice = new Dice(seed, 'storm');
  const began = performance.now();
  const world = drawWorld(dice.of('world'), cases, tilt);
  const hasTwoBuilds = !plan.only || plan.only.includes('switchBuild');
  const storm = await buildStorm({ dice: dice.of('build'), patches, hasTwoBuilds, say });
  const marks = { ready: performance.now() - began };
  const book = new CpuBook(() => ({
    ...Object.fromEntries(storm.applications.map((one) => [one.name, one.pid])),
    temporal: storm.temporal.server.child.pid,
    postgres: storm.postgres.pid,
  }));
  try {
    const board = await playStorm(storm, world, { dice, cases, days: MONTHS_DAYS, say, marks, tilt, ...plan });
    const cpu = book.close();
    const seconds = Math.round((performance.now() - began) / 1000);
    return {
      seed,
      ...board,
      seconds,
      cpuSeconds: Object.values(cpu).reduce((sum, each) => sum + each, 0),
      cpu,
      phases: inSeconds(marks),
      folder: keep ? storm.folder : undefined,
    };
  } finally {
    book.close();
    await closeStorm(storm, keep);
  }
}

/** Seconds that each phase took, from the instants at which it ended. */
function inSeconds(marks) {
  let before = 0;
  return Object.fromEntries(
    Object.entries(marks).map(([name, at]) => {
      const took = Math.round((at - before) / 1000);
      before = at;
      return [name, took];
    }),
  );
}

async function playStorm(storm, world, { dice, say, marks, ...plan }) {
  const { cases, kills, days, stopWhen, convergenceMs = CONVERGENCE_MS } = plan;
  const began = performance.now() - marks.ready;
  const mark = (name) => {
    marks[name] = performance.now() - began;
  };
  for (const application of storm.applications) application.firstBuild = application.build;
  const lives = await settleIn(storm, world, dice, say);
  mark('imported');
  const faults = await weather(storm, world, lives, { dice, say, ...plan });
  mark('storm');
  const healedAt = performance.now();
  const { early } = faults;
  // What is broken for good needs nothing whole again.
  if (early.length === 0) await faults.heal();
  const stuck = early.length > 0 ? [] : await converge(storm, lives, convergenceMs);
  const convergedMs = Math.round(performance.now() - healedAt);
  mark('converged');
  if (early.length === 0) say(stuck.length > 0 ? `does not converge: ${stuck.join('; ')}` : `converged in ${convergedMs} ms`);
  let verdict = early.length > 0 ? { figures: {}, violations: early } : await judge(storm, world, lives);
  let liveness = stuck;
  if (!stopWhen && stuck.length === 0 && verdict.violations.length === 0) {
    // What the storm delayed comes to its end in calm weather.
    say('calm weeks follow');
    await Promise.all(lives.map((life) => life.runUntil(later(world.start, days + CALM_DAYS), { withinMs: CONVERGENCE_MS })));
    liveness = await converge(storm, lives, convergenceMs);
    verdict = await judge(storm, world, lives);
    mark('calm');
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
    slow: storm.desk.slow,
    log: faults.log,
  };
}

/** The months themselves; `early` on the answer: what was broken already, where the storm was to end with that. */
async function weather(storm, world, lives, { dice, say, ...plan }) {
  const { cases, kills, only, points, lines, days, tilt, stopWhen } = plan;
  const end = later(world.start, days);
  const progress = () => Math.min(...lives.map((life) => life.shareDone(world.start, days)));
  const aim = new Aim(storm, lives, tilt);
  const faults = new Faults({ ...storm, dice: dice.of('faults'), kills, only, points, lines, aim, progress });
  say(`${cases} cases of ${world.creditors.length} creditor(s) are in; the storm begins`);
  const storming = faults.run();
  const telling = setInterval(() => void tellProgress(lives, faults, say), PROGRESS_MS);
  const withinMs = monthsMs(cases, kills, days);
  const months = Promise.all(lives.map((life) => life.runUntil(end, { withinMs, waits: () => faults.isBehind })));
  faults.early = await Promise.race([
    months.then(() => []),
    stopWhen ? firstBroken(storm, lives, stopWhen, months) : months.then(() => []),
  ]);
  if (faults.early.length === 0) {
    say(`months are over after ${faults.killed} kills`);
    // Kills that are left fall on what is still moving.
    const leftover = Date.now() + (stopWhen ? LEFTOVER_OF_BUG_MS : LEFTOVER_MS);
    while (faults.canKill && faults.killed < kills && Date.now() < leftover) await sleep(200);
  } else for (const life of lives) life.isOver = true;
  faults.stop();
  clearInterval(telling);
  await storming;
  // People who ask a server that is down would go on asking for long.
  await (faults.early.length > 0 ? Promise.race([months.catch(() => undefined), sleep(2_000)]) : months);
  return faults;
}

/** Looks now and then whether one of these invariants is broken; what is seen twice in the same words does not pass by itself. */
async function firstBroken(storm, lives, names, months) {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  months.then(end, end);
  let before = [];
  while (!isOver) {
    await sleep(EARLY_LOOK_MS);
    const now = (await judgeEarly(storm, lives).catch(() => [])).filter((words) => names.some((name) => words.startsWith(name)));
    const stays = now.filter((words) => before.includes(words));
    if (stays.length > 0) return stays;
    before = now;
  }
  return [];
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
async function converge({ sql, temporal }, lives, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let acts = 0;
    for (const life of lives) acts += await life.staff.pass((await life.state()).clock.slice(0, 10), false);
    const moving = (
      await Promise.all(lives.map(async (life) => (await life.moving()).map((what) => `${life.creditor.creditorId}: ${what}`)))
    ).flat();
    if (moving.length === 0 && acts === 0) {
      // Rows rest; the workflows must be there as well, those started again after a wipe included.
      moving.push(...(await agreement(sql, temporal.port)));
      if (moving.length === 0) return [];
    }
    if (Date.now() > deadline) return moving.length > 0 ? moving : ['people always have something to do'];
    await sleep(300);
  }
}

export { ROOT };
