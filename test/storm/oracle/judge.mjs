// The oracle: every check, and the figures of the scoreboard.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../build-storm.mjs';
import { afterPayment, crossedAndHidden } from './crossings.mjs';
import { afterStop, duplicates, forgottenRungs, lettersInBooks, lostRungs, otherBytes, otherSums, pace, uncertain } from './letters.mjs';
import { chains, events, journal, ledger, ledgerOfCases } from './money.mjs';
import { agreement, queues, startedAgain } from './orchestration.mjs';

/** What can be said while everything still moves: breaches that no later event heals. */
export async function judgeEarly({ sql, local, payer }, lives) {
  const books = await lettersInBooks({ sql, local });
  const stops = lives.flatMap(({ staff }) => staff.stops);
  const ends = /I17|stands [2-9] times|is ignored|in no bank/;
  const isLost = /counts as done by|stands as (?:PLANNED|ABANDONED|CONFIRMED_NOT_SENT)/;
  return [
    ...duplicates(books),
    ...afterPayment(books, payer).faults,
    ...(await afterStop(books, stops, sql)),
    ...forgottenRungs(books, ladder()),
    ...lostRungs(books, []).filter((words) => isLost.test(words)),
    ...otherBytes(books),
    ...otherSums(books),
    ...pace(books),
    ...(await ledgerOfCases(sql)),
    ...(await events(sql, payer)).filter((words) => ends.test(words)),
    ...(await chains(sql)).faults,
  ];
}

/** Compares the books of the outside servers with rows and histories. */
export async function judge({ sql, local, payer, desk, temporal }, world, lives) {
  const books = await lettersInBooks({ sql, local });
  const stages = ladder();
  const stops = lives.flatMap(({ staff }) => staff.stops);
  const { faults, crossed } = afterPayment(books, payer);
  const checks = {
    duplicates: duplicates(books),
    afterPayment: faults,
    hidden: await crossedAndHidden(sql, desk, crossed),
    stops: await afterStop(books, stops, sql),
    lostRungs: [...lostRungs(books, stages), ...forgottenRungs(books, stages)],
    unresolved: uncertain(books),
    bytes: otherBytes(books),
    sums: otherSums(books),
    pace: pace(books),
    ledger: await ledger(sql, payer),
    events: await events(sql, payer),
    journal: await journal(sql, world.creditors, desk),
    agreement: await agreement(sql, temporal.port),
    queues: await queues(sql),
  };
  const figures = {
    messages: books.mails.length + books.letters.length,
    chasing: books.messages.filter(({ purpose, state }) => purpose === 'chase' && ['ACCEPTED', 'CONFIRMED_SENT'].includes(state)).length,
    payments: payer.payments.length,
    webhooks: payer.acknowledged.length,
    stops: stops.length,
    crossings: crossed.length,
    flagged: books.messages.filter(({ crossed_with_payment: isFlagged }) => isFlagged).length,
    startedAgain: await startedAgain(sql),
    duplicates: checks.duplicates.length,
    afterPayment: checks.afterPayment.filter((words) => words.startsWith('I1 ')).length,
    lostRungs: checks.lostRungs.length,
    unresolved: checks.unresolved.length,
    closed: countBy(books.cases, ({ closed_kind: kind }) => kind ?? 'open'),
    unknownDecided: books.messages.filter(
      ({ state, provider_words: words }) => state === 'CONFIRMED_SENT' || state === 'CONFIRMED_NOT_SENT' || words === 'claimTooOld',
    ).length,
  };
  return { figures, violations: Object.values(checks).flat() };
}

/** The rungs that every case of the storm climbs. */
function ladder() {
  return parse(readFileSync(path.join(ROOT, 'libs/policies/presets/standard.yaml'), 'utf8')).stages;
}

function countBy(list, of) {
  const counts = {};
  for (const one of list) counts[of(one)] = (counts[of(one)] ?? 0) + 1;
  return counts;
}
