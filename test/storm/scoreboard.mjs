// What a storm says at its end, for people and as JSON.
import { spawnSync } from 'node:child_process';

/** Commit of the build under test, with a plus when the tree differs from it; `STORM_COMMIT` names it where a copy has no history. */
export function commitOf(root) {
  if (process.env.STORM_COMMIT) return process.env.STORM_COMMIT;
  const git = (...args) => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' }).stdout.trim();
  const head = git('rev-parse', '--short', 'HEAD');
  return head === '' ? 'unknown' : `${head}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`;
}

/** The scoreboard of one or several storms whose books add up. */
export function addUp(boards) {
  const sum = (name) => boards.reduce((total, board) => total + (board[name] ?? 0), 0);
  const faults = {};
  for (const board of boards) for (const [kind, count] of Object.entries(board.faults)) faults[kind] = (faults[kind] ?? 0) + count;
  const names = [
    'cases',
    'kills',
    'killsWanted',
    'messages',
    'chasing',
    'payments',
    'webhooks',
    'stops',
    'crossings',
    'flagged',
    'duplicates',
    'afterPayment',
    'lostRungs',
    'unresolved',
    'unknownDecided',
    'startedAgain',
    'seconds',
    'cpuSeconds',
  ];
  return {
    seeds: boards.map(({ seed }) => seed),
    ...Object.fromEntries(names.map((name) => [name, sum(name)])),
    convergedMs: Math.max(0, ...boards.map(({ convergedMs }) => convergedMs)),
    phases: boards.map(({ phases }) => phases),
    faults,
    violations: boards.flatMap(({ seed, violations }) => violations.map((words) => `${seed}: ${words}`)),
  };
}

/** The lines of the board. */
export function boardText(total, { date, commit, size }) {
  const faults = Object.entries(total.faults).sort(([a], [b]) => (a < b ? -1 : 1));
  const killed = faults.filter(([kind]) => kind.startsWith('kill:')).map(([kind, count]) => `${kind.slice(5)} ${count}`);
  const other = faults.filter(([kind]) => !kind.startsWith('kill:')).map(([kind, count]) => `${kind} ${count}`);
  const line = (name, value) => `${name.padEnd(22)} ${value}`;
  return [
    `storm ${size} · ${date} · ${commit} · seed ${total.seeds.join(', ')}`,
    line('cases', total.cases),
    line('kills', `${total.kills} of ${total.killsWanted}${killed.length > 0 ? `: ${killed.join(', ')}` : ''}`),
    line('other faults', other.join(', ') || 'none'),
    line('messages', `${total.messages} accepted by the providers, ${total.chasing} of them chasing`),
    line('payments', `${total.payments}, ${total.webhooks} webhooks acknowledged`),
    line('duplicates', total.duplicates),
    line('after payment', total.afterPayment),
    line('crossings', `${total.crossings} within 15 s, each flagged and shown (${total.flagged} flagged in all)`),
    line('lost rungs', total.lostRungs),
    line('unresolved UNKNOWN', `${total.unresolved} (${total.unknownDecided} decided)`),
    line('time to converge', `${(total.convergedMs / 1000).toFixed(1)} s`),
    line('workflows restarted', `${total.startedAgain} by the reconciler`),
    line('time', `${total.seconds} s, ${total.cpuSeconds} s of processor`),
    total.violations.length === 0 ? 'every invariant held' : `${total.violations.length} VIOLATION(S)`,
    ...total.violations.slice(0, 40).map((words) => `  ${words}`),
  ].join('\n');
}
