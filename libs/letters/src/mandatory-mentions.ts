import { parse } from 'yaml';
import { readAsset } from './asset.js';
import type { LetterAct, LetterRegime } from './letter-content.js';
import { isMentionId, type MentionId } from './mention-parts.js';
import { appliesTo, type WordingScope } from './wording-scope.js';

/** One thing a letter must say and what asks for it. */
export interface RequiredMention {
  readonly id: MentionId;
  readonly article: string;
}

interface MandatoryEntry extends WordingScope {
  readonly mentions: Readonly<Record<string, string>>;
}

let entries: readonly MandatoryEntry[] | undefined;

/** What a letter of that act must say under that regime, from `wording/mandatory.yaml`; the first article named for a mention counts. */
export function requiredMentions(act: LetterAct, regime: LetterRegime): readonly RequiredMention[] {
  entries ??= load();
  const found = new Map<MentionId, string>();
  for (const entry of entries.filter((candidate) => appliesTo(candidate, act, regime)))
    for (const [id, article] of Object.entries(entry.mentions)) if (isMentionId(id) && !found.has(id)) found.set(id, article);
  return [...found].map(([id, article]) => ({ id, article }));
}

function load(): readonly MandatoryEntry[] {
  const parsed = parse(readAsset('wording/mandatory.yaml')) as MandatoryEntry[];
  const unknown = parsed.flatMap((entry) => Object.keys(entry.mentions)).filter((id) => !isMentionId(id));
  if (unknown.length > 0) throw new Error(`wording/mandatory.yaml names mentions nobody can recognise: ${unknown.join(', ')}`);
  return parsed;
}
