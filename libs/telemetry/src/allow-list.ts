/**
 * Names of the fields a log line may carry: ids, codes, days, counts and durations. Everything else is replaced, so that a name, an
 * address or a bank number reaches no log by being added to an object one day.
 */
const ALLOWED = new Set(
  `act activity actor amount amountMinor approvalId area attempt attempts basis batchId bytes caseId caseIds cause channel clockVersion
  code command context correlationId count creditorId currency day days dbMs debtorId debtorRef delayMs deliveredAt documentId dueOn durationMs
  elapsedMs enabled episode epoch error errorCode event eventId events factSeq field fileId file handoverId held hostname id importId
  instant invoiceId job key keyId kind lagMs level limit line mailId manifest memoryMb messageId method mid migration mode namespace
  nextAt number occurredAt on outboxId outcome path paymentId pending pid plan policy policyId port position preset problem promiseId provider
  providerId queue reason recordedAt reference referenceKind reqId requestId resource retryAfterMs revision role round route rows rung runId
  sandbox seq sha256 signal size sizeBytes skipped slot stage startedAt state status statusCode step taskId taskQueue template terminated
  topic total type until url userId verdict version wake waitMs window workerId workflowId workflowType`.split(/\s+/),
);

const MAX_TEXT = 300;
const MAX_DEPTH = 5;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const IBAN = /\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?\b/g;
const CREDENTIAL = /\b(?:SG\.[\w-]{8,}[\w.-]*|whsec_\S+|sk_(?:live|test)_\S+|Bearer\s+\S+)|(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g;

/** Shortens a text and blanks what looks like an e-mail address, an IBAN or a credential in it. */
export function safeText(text: string): string {
  const clean = text.replace(CREDENTIAL, '[key]').replace(EMAIL, '[email]').replace(IBAN, '[iban]');
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
}

/** What a log may say of an error: its kind, code, cleaned sentence and the frames of our own code. */
export function safeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error, message: safeText(String(error)) };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'));
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: safeText(error.message),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: safeError(error.cause) } : {}),
  };
}

function safeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return safeText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return safeError(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => safeValue(item, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return depth >= MAX_DEPTH ? '[deep]' : allowedFields(value as Record<string, unknown>, depth + 1);
  }
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
}

/** Keeps the allowed fields of an object, cleaned; the others stay as `[hidden]`, so that a reader sees that something was there. */
export function allowedFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Error) kept[name === 'error' ? 'err' : name] = safeError(value);
    else kept[name] = ALLOWED.has(name) ? safeValue(value, depth) : '[hidden]';
  }
  return kept;
}
