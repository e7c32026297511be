import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LetterState, ReportedLetterState } from '#ports';

export interface Person {
  readonly email: string;
  readonly name?: string;
}

export type MailState = 'processed' | 'delivered' | 'bounce' | 'dropped' | 'spamreport' | 'unsubscribe';

export interface StoredMail {
  readonly id: string;
  readonly mid?: string;
  /** When this machine took it. */
  readonly at: string;
  /** The day on the sandbox's own clock, where the sender says so. */
  readonly sandboxDay?: string;
  readonly from: Person;
  readonly replyTo?: Person;
  readonly to: readonly Person[];
  readonly subject: string;
  readonly categories: readonly string[];
  readonly attachments: readonly {
    readonly filename: string;
    readonly type: string;
    readonly disposition: string;
    readonly cid?: string;
  }[];
  readonly sha256: string;
  state: MailState;
}

export interface StoredLetter {
  readonly id: string;
  readonly mid: string;
  readonly creditorRef: string;
  readonly addressLines: readonly string[];
  readonly at: string;
  readonly trackingNumber: string;
  readonly sha256: string;
  state: LetterState;
  history: { readonly state: ReportedLetterState; readonly on?: string; readonly at: string }[];
}

export interface QueuedEvent {
  readonly id: string;
  readonly target: 'mail' | 'post';
  readonly body: Readonly<Record<string, unknown>>;
}

type Line =
  | { readonly mail: StoredMail }
  | { readonly mailState: { readonly id: string; readonly state: MailState; readonly at?: string } }
  | { readonly letter: StoredLetter }
  | { readonly letterState: { readonly mid: string; readonly state: ReportedLetterState; readonly on?: string; readonly at: string } }
  | { readonly event: QueuedEvent }
  | { readonly eventDone: string };

/**
 * What the local servers accepted, in one append-only file of JSON lines with the raw requests and PDFs beside it. Each line is written
 * before the answer, so that a kill loses nothing that was accepted; an event not marked done is sent again after a restart.
 */
export class LocalStore {
  readonly mails = new Map<string, StoredMail>();
  readonly letters = new Map<string, StoredLetter>();
  readonly queue = new Map<string, QueuedEvent>();
  readonly #mailHistory = new Map<string, { readonly state: MailState; readonly at: string }[]>();
  readonly #journal: string;

  constructor(readonly directory: string) {
    for (const folder of ['mails', 'letters']) mkdirSync(join(directory, folder), { recursive: true, mode: 0o700 });
    this.#journal = join(directory, 'journal.jsonl');
    if (!existsSync(this.#journal)) return;
    const lines = readFileSync(this.#journal, 'utf8').split('\n');
    // A kill in the middle of a write leaves half a line; it was never answered for. A newline keeps the next one apart from it.
    if (lines.at(-1) !== '') appendFileSync(this.#journal, '\n');
    for (const line of lines) {
      const read = readLine(line);
      if (read) this.#apply(read);
    }
  }

  addMail(mail: StoredMail, raw: Uint8Array): void {
    this.#file('mails', `${mail.id}.json`, raw);
    this.#write({ mail });
  }

  setMailState(id: string, state: MailState): void {
    this.#write({ mailState: { id, state, at: new Date().toISOString() } });
  }

  /** What happened to a mail, in order. */
  mailHistory(id: string): readonly { readonly state: MailState; readonly at: string }[] {
    return this.#mailHistory.get(id) ?? [];
  }

  addLetter(letter: StoredLetter, pdf: Uint8Array): void {
    this.#file('letters', `${letter.id}.pdf`, pdf);
    this.#write({ letter });
  }

  setLetterState(mid: string, state: ReportedLetterState, at: string, on?: string): void {
    this.#write({ letterState: { mid, state, at, ...(on === undefined ? {} : { on }) } });
  }

  enqueue(event: QueuedEvent): void {
    this.#write({ event });
  }

  markDone(eventId: string): void {
    this.#write({ eventDone: eventId });
  }

  rawMail(id: string): Buffer {
    return readFileSync(join(this.directory, 'mails', `${id}.json`));
  }

  letterPdf(id: string): Buffer {
    return readFileSync(join(this.directory, 'letters', `${id}.pdf`));
  }

  #file(folder: string, name: string, bytes: Uint8Array): void {
    const path = join(this.directory, folder, name);
    writeFileSync(`${path}.part`, bytes, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  }

  #write(line: Line): void {
    appendFileSync(this.#journal, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    this.#apply(structuredClone(line));
  }

  #apply(line: Line): void {
    if ('mail' in line) this.mails.set(line.mail.id, line.mail);
    else if ('letter' in line) this.letters.set(line.letter.mid, line.letter);
    else if ('event' in line) this.queue.set(line.event.id, line.event);
    else if ('eventDone' in line) this.queue.delete(line.eventDone);
    else if ('mailState' in line) {
      const { id, state, at } = line.mailState;
      const mail = this.mails.get(id);
      if (!mail) return;
      mail.state = state;
      // A journal of an older build has no moments.
      this.#mailHistory.set(id, [...this.mailHistory(id), { state, at: at ?? mail.at }]);
    } else {
      const letter = this.letters.get(line.letterState.mid);
      const { state, at, on } = line.letterState;
      if (letter) {
        letter.state = state;
        letter.history.push({ state, at, ...(on === undefined ? {} : { on }) });
      }
    }
  }
}

function readLine(text: string): Line | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
