import { refusalOfDraft, type WordsRefusal } from '#activities';
import { cancelMessage, editMessage, holdMessage, type OwnWords, releaseMessage } from '#casework';
import type { Day } from '#domain';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { type CaseCommand, CaseCommandsService } from '../cases/case-commands.service.js';
import { Problem } from '../http/problem.js';
import type { outgoingAfter } from './outgoing.schemas.js';
import { OutgoingService } from './outgoing.service.js';

type After = z.output<typeof outgoingAfter>;

/** Which coming message, who asks, and whether it is only to see. */
export interface OutgoingCommand extends CaseCommand {
  readonly stage: string;
  readonly round: number;
}

/** What people do to a message before it leaves. Each is one transaction, and says 409 `messageLeft` once the claim has committed. */
@Injectable()
export class OutgoingCommandsService {
  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(CaseCommandsService) private readonly cases: CaseCommandsService,
    @Inject(OutgoingService) private readonly outgoing: OutgoingService,
  ) {}

  async hold(command: OutgoingCommand, hold: { readonly until: Day; readonly reason: string }): Promise<After> {
    return { ...(await this.cases.run(command, (tx) => holdMessage(tx, this.backend.deps, command, hold, command.by))), ...NOTHING_MORE };
  }

  async release(command: OutgoingCommand): Promise<After> {
    return { ...(await this.cases.run(command, (tx) => releaseMessage(tx, this.backend.deps, command, command.by))), ...NOTHING_MORE };
  }

  async cancel(command: OutgoingCommand, reason: string): Promise<After> {
    let leftOut: readonly string[] = [];
    const mayDecideFormal = command.by.role === 'finance';
    const after = await this.cases.run(command, async (tx) => {
      const applied = await cancelMessage(tx, this.backend.deps, command, { reason, mayDecideFormal }, command.by);
      leftOut = applied.leftOut;
      return applied;
    });
    return { ...after, leftOut: [...leftOut], revision: null };
  }

  /** The wording is judged before anything is locked, as the renderer will judge it again when the mail is made. */
  async words(command: OutgoingCommand, words: OwnWords): Promise<After> {
    const draft = await this.outgoing.draftWith(command, words);
    const refused = draft && refusalOfDraft(draft);
    if (refused) throw wordsProblem(refused, words);
    let revision: number | null = null;
    const after = await this.cases.run(command, async (tx) => {
      const applied = await editMessage(tx, this.backend.deps, command, words, command.by);
      revision = applied.revision;
      return applied;
    });
    return { ...after, leftOut: [], revision };
  }
}

const NOTHING_MORE = { leftOut: [], revision: null };

function wordsProblem({ code, sentence, article, why }: WordsRefusal, { subject }: OwnWords): Problem {
  if (code !== 'wordingForbidden' && code !== 'mentionMissing') throw new Problem('letterImpossible', { facts: { because: code } });
  const quoted = sentence ? `«\u202f${sentence}\u202f»\u202f: ` : '';
  const reason = why ?? (code === 'mentionMissing' ? 'une mention obligatoire manquerait.' : 'la loi ne le permet pas.');
  const detail = `${quoted}${reason}${article ? ` (${article})` : ''}`;
  const field = sentence !== undefined && subject?.includes(sentence) ? '/subject' : '/opening';
  const facts = { because: code, ...(sentence ? { sentence } : {}), ...(article ? { article } : {}) };
  return new Problem('wordingRefused', { detail, field, facts });
}
