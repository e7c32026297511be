import type { Clock, Ids, UnitOfWork } from '#ports';
import type { Sealer } from '#ports';
import type { LawBook } from './law-book.js';
import type { PolicyBook } from './policy-book.js';

/** What casework needs from outside. Built once per process. */
export interface CaseworkDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sealer: Sealer;
  readonly law: LawBook;
  readonly policies: PolicyBook;
}

/** Who did it and why; written into every journal row. */
export interface Actor {
  /** Key id, person, webhook or workflow stage; never a secret. */
  readonly actor: string;
  readonly role: 'controller' | 'finance' | 'auditor' | 'integrator' | 'operator' | 'system' | 'workflow' | 'webhook';
  readonly reason?: string;
  readonly requestId?: string;
}

export function workflowActor(stage: string): Actor {
  return { actor: `workflow:${stage}`, role: 'workflow' };
}
