import { type Installation, type KeyRole, OpsError } from './installation.js';

export type Json = Record<string, unknown>;

/** One answer of a list. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[];
}

/** The API said no. `code` is the stable code of the problem. */
export class ApiProblem extends OpsError {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 60_000;
const PAGES_MAX = 500;

/** Speaks the REST API and nothing else. */
export class RestClient {
  constructor(
    private readonly installation: Omit<Installation, 'databaseUrl' | 'temporal'>,
    private readonly role: KeyRole,
  ) {}

  /** The same API with the key of another role. */
  as(role: KeyRole): RestClient {
    return new RestClient(this.installation, role);
  }

  get<T>(path: string): Promise<T> {
    return this.json('GET', path);
  }

  post<T>(path: string, body: Json = {}): Promise<T> {
    return this.json('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.json('PUT', path, body);
  }

  /** Sends a file as the body itself. */
  async upload<T>(path: string, bytes: Uint8Array, fileName: string): Promise<T> {
    const headers = { 'content-type': 'application/octet-stream', 'x-file-name': Buffer.from(fileName, 'utf8').toString('latin1') };
    const response = await this.send(path, { method: 'POST', headers, body: new Uint8Array(bytes) });
    return (await response.json()) as T;
  }

  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send(path, { method: 'GET' })).arrayBuffer());
  }

  /** Every item of a list, page after page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_MAX; page++) {
      const joint = path.includes('?') ? '&' : '?';
      const answer: ListPage<T> = await this.get(`${path}${joint}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (!cursor) return items;
    }
    throw new OpsError(`La liste ${path} est trop longue pour cette commande.`);
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await this.send(path, { method, ...init });
    return (await response.json()) as T;
  }

  private async send(
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
  ): Promise<Response> {
    const url = `${this.installation.apiUrl}/api/v1/${path}`;
    const headers = { ...init.headers, authorization: `Bearer ${this.installation.keyFor(this.role)}` };
    const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
      throw new OpsError(`L’API ne répond pas à ${this.installation.apiUrl} (${causeOf(error)}). Est-elle démarrée\u202f?`);
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const fields = (body.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer ?? ''}\u202f: ${detail ?? ''}`).join('');
  return new ApiProblem(response.status, body.code ?? '', `${body.detail ?? body.title ?? `Réponse ${response.status}`}${fields}`);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
