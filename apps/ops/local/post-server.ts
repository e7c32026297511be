import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { parseDay } from '#domain';
import type { ReportedLetterState } from '#ports';
import type { AnswerScript } from './answer-script.js';
import type { EventCourier } from './event-courier.js';
import { answerJson, BodyTooLarge, bearerOf, type Exchange, readBody } from './http-exchange.js';
import type { LocalStore, StoredLetter } from './local-store.js';

const MAX_BODY_BYTES = 22 * 1024 * 1024;

export const REPORTED_STATES = [
  'deposited',
  'presented',
  'delivered',
  'unclaimed',
  'refused',
  'returnedUnknown',
] as const satisfies readonly ReportedLetterState[];

/** What a person or a test says happened to a letter; `on` is a day, absent where the product's own clock shall say it. */
export const letterReport = z.strictObject({
  state: z.enum(REPORTED_STATES),
  on: z
    .string()
    .refine((text) => parseDay(text) !== undefined, 'is not a day')
    .optional(),
});
export type LetterReport = z.output<typeof letterReport>;

const deposit = z.strictObject({
  mid: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/),
  creditorRef: z.string().min(1).max(128),
  addressLines: z.array(z.string().min(1).max(60)).min(2).max(7),
  pdf: z.base64().min(8),
  service: z.enum(['registered', 'plain']).optional(),
});

export interface PostServer {
  readonly store: LocalStore;
  readonly courier: EventCourier;
  readonly postScript: AnswerScript;
}

/** `POST /v1/letters`: 401, 400, 409 for another letter under the same key, 202 with a tracking number; the same letter again is the same letter. */
export async function takeLetter(server: PostServer, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const refuse = (status: number, detail: string): void => answerJson(response, status, { title: 'refused', status, detail });
  if (bearerOf(request) === undefined) return refuse(401, 'Authorization is missing');
  let read: ReturnType<typeof deposit.safeParse>;
  try {
    read = deposit.safeParse(parse(await readBody(request, MAX_BODY_BYTES)));
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuse(413, 'The letter is too large');
    throw error;
  }
  await server.postScript.play(exchange, (answer) => {
    if (!read.success) {
      const issue = read.error.issues[0];
      return refuse(400, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
    }
    if (request.headers['idempotency-key'] !== read.data.mid) return refuse(400, 'Idempotency-Key must be the mid');
    const pdf = Buffer.from(read.data.pdf, 'base64');
    if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-') return refuse(400, 'pdf is not a PDF');
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    const known = server.store.letters.get(read.data.mid);
    if (known && known.sha256 !== sha256) return refuse(409, 'Another letter was deposited under this mid');
    const letter = known ?? keep(server, read.data, pdf, sha256);
    if (answer === 'normal') answerJson(response, known ? 200 : 202, letterWire(letter));
  });
}

export function showLetter(server: PostServer, exchange: Exchange, mid: string): void {
  const { request, response } = exchange;
  if (bearerOf(request) === undefined) return answerJson(response, 401, { title: 'refused', status: 401 });
  const letter = server.store.letters.get(mid);
  if (!letter) return answerJson(response, 404, { title: 'not found', status: 404 });
  answerJson(response, 200, letterWire(letter));
}

/** Records what happened to a letter and queues the signed event. */
export function reportLetter(server: Pick<PostServer, 'store' | 'courier'>, letter: StoredLetter, { state, on }: LetterReport): void {
  const at = new Date().toISOString();
  server.store.setLetterState(letter.mid, state, at, on);
  const data = { mid: letter.mid, state, trackingNumber: letter.trackingNumber, ...(on === undefined ? {} : { on }) };
  const id = `post_${randomBytes(16).toString('base64url')}`;
  server.courier.enqueue({ id, target: 'post', body: { type: `letter.${state}`, timestamp: at, data } });
}

function keep(server: PostServer, given: z.output<typeof deposit>, pdf: Buffer, sha256: string): StoredLetter {
  const letter: StoredLetter = {
    id: randomBytes(12).toString('base64url'),
    mid: given.mid,
    creditorRef: given.creditorRef,
    addressLines: given.addressLines,
    at: new Date().toISOString(),
    trackingNumber: trackingNumber(server.store.letters.size + 1),
    sha256,
    state: 'accepted',
    history: [],
  };
  server.store.addLetter(letter, pdf);
  return letter;
}

function letterWire(letter: StoredLetter): object {
  const deposited = letter.history.find((each) => each.state === 'deposited');
  const last = letter.history.at(-1);
  return {
    mid: letter.mid,
    state: letter.state,
    trackingNumber: letter.trackingNumber,
    ...(deposited?.on ? { depositedOn: deposited.on } : {}),
    ...(last?.on ? { on: last.on } : {}),
  };
}

/** A number of the shape of UPU S10 (`RK000000015FR`), with its check digit. */
export function trackingNumber(serial: number): string {
  const digits = String(serial % 100_000_000).padStart(8, '0');
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const check = 11 - (sum % 11);
  return `RK${digits}${check === 10 ? 0 : check === 11 ? 5 : check}FR`;
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
