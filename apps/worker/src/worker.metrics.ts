import type { MailPort, PostPort, Rows, StageVerdictRow, Tx, UnitOfWork } from '#ports';
import { Metrics } from '#telemetry';

/** Numbers of the worker process: what was claimed, judged and handed over, counted once it is committed. No id and no name becomes a label. */
export class WorkerMetrics {
  private readonly metrics = new Metrics('worker');
  private readonly verdicts = this.metrics.counter({
    name: 'relance_verdicts_total',
    help: 'Verdicts on rungs, by what was decided and why.',
    labels: ['verdict', 'code'],
  });
  private readonly claims = this.metrics.counter({ name: 'relance_claims_total', help: 'Messages claimed for sending.' });
  private readonly handOvers = this.metrics.counter({
    name: 'relance_hand_overs_total',
    help: 'Messages given to a provider, by its answer.',
    labels: ['channel', 'answer'],
  });
  private readonly handOverSeconds = this.metrics.durations({
    name: 'relance_hand_over_seconds',
    help: 'Time of the one call that gives a message to its provider.',
    labels: ['channel'],
  });

  get contentType(): string {
    return this.metrics.contentType;
  }

  text(): Promise<string> {
    return this.metrics.text();
  }

  /** The same unit of work; what a transaction decided is counted when it has committed, and not when it was rolled back. */
  countingWork(inner: UnitOfWork): UnitOfWork {
    return {
      run: async (creditorId, mode, work) => {
        let seen: Seen[] = [];
        const result = await inner.run(creditorId, mode, (tx: Tx) => {
          seen = [];
          return work(watched(tx, seen));
        });
        for (const one of seen) {
          if (one === 'claim') this.claims.add({});
          else this.verdicts.add({ verdict: one.verdict, code: one.code });
        }
        return result;
      },
      plain: (work) => inner.plain(work),
    };
  }

  countingMail(inner: MailPort): MailPort {
    const sendBytes: MailPort['sendBytes'] = (prepared) => this.timed('email', () => inner.sendBytes(prepared));
    return { requestBytes: (mail) => inner.requestBytes(mail), sendBytes, send: (mail) => this.timed('email', () => inner.send(mail)) };
  }

  countingPost(inner: PostPort): PostPort {
    return {
      deposit: (letter, mayStillLeave) => this.timed('registeredPost', () => inner.deposit(letter, mayStillLeave)),
      statusOf: (letter) => inner.statusOf(letter),
    };
  }

  private async timed<T extends { readonly kind: string }>(channel: string, call: () => Promise<T>): Promise<T> {
    const from = performance.now();
    const answer = await call();
    this.handOverSeconds.observe({ channel }, (performance.now() - from) / 1000);
    this.handOvers.add({ channel, answer: answer.kind });
    return answer;
  }
}

/** What one transaction is about to change. */
type Seen = 'claim' | { readonly verdict: string; readonly code: string };

function watched(tx: Tx, seen: Seen[]): Tx {
  const note = (row: StageVerdictRow): number => seen.push({ verdict: row.verdict, code: row.code });
  const stageVerdicts = over(tx.stageVerdicts, {
    insert: (rows) => {
      for (const row of Array.isArray(rows) ? (rows as readonly StageVerdictRow[]) : [rows as StageVerdictRow]) note(row);
      return tx.stageVerdicts.insert(rows);
    },
  });
  const messages = over(tx.messages, {
    update: async (where, patch) => {
      const changed = await tx.messages.update(where, patch);
      if (patch.state === 'CLAIMED' && changed > 0) seen.push('claim');
      return changed;
    },
  });
  return { ...tx, stageVerdicts, messages };
}

/** The same table with some of its methods taken over. */
function over<R>(rows: Rows<R>, taken: Partial<Rows<R>>): Rows<R> {
  return {
    insert: taken.insert ?? ((given) => rows.insert(given)),
    insertOnce: (row) => rows.insertOnce(row),
    one: (where) => rows.one(where),
    all: (where, order) => rows.all(where, order),
    count: (where) => rows.count(where),
    update: taken.update ?? ((where, patch) => rows.update(where, patch)),
    delete: (where) => rows.delete(where),
  };
}
