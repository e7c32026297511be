import type { GoverningLaw } from '#domain';
import { parse } from 'yaml';
import { readAsset } from './asset.js';
import type { LetterAct, LetterRegime, NextStep } from './letter-content.js';
import { appliesTo, type WordingScope } from './wording-scope.js';

/** What a rule may ask about the case before it forbids a phrase. */
export type WordingFact =
  | 'handedOverToBailiff'
  | 'handedOverToAgency'
  | 'handedOverToLawyer'
  | 'noticeServed'
  | 'freePeriodOver'
  | 'hasTitle'
  | 'electronicRegisteredConsent'
  | 'smallClaimsPending';

/** Why something may not be said. */
export interface Reason {
  readonly fr: string;
  readonly en: string;
}

interface RuleInFile extends WordingScope {
  readonly id: string;
  readonly why: Reason;
  readonly article: Readonly<Record<GoverningLaw, string>>;
  readonly patterns: readonly string[];
  readonly unlessNextStep?: readonly NextStep[];
  readonly unlessFact?: WordingFact;
  readonly onlyFact?: WordingFact;
  readonly negatable?: boolean;
  readonly announceable?: boolean;
}

export interface ForbiddenRule extends Omit<RuleInFile, 'patterns'> {
  readonly expressions: readonly RegExp[];
}

// "aucuns frais", "sans aucun frais", "geen interest", "no late-payment interest": the claim denied right before its words.
const DENIAL = /\b(?:aucune?s?|sans|pas (?:de|d')|ni|geen|zonder|noch|no|without|nor|neither|free of)(?: [\p{L}'-]+)?[ ']$/u;
// Said of the future and from when on.
const FUTURE = /\b(sera|seront|pourra|pourront|zal|zullen|wordt|worden|kan|kunnen|will|may)\b/u;
const FROM_WHEN =
  /\b(a partir du|a compter du|passe ce delai|a defaut de paiement dans ce delai|apres (ce delai|l'expiration|le)|vanaf|na deze termijn|niet binnen deze termijn|from|after (that|this)|within that time)\b/u;

let rules: readonly ForbiddenRule[] | undefined;

/** The rules of `wording/forbidden.yaml` that apply to an act under a regime with these facts. */
export function rulesFor(
  act: LetterAct,
  regime: LetterRegime,
  nextStep: NextStep | undefined,
  holds: (fact: WordingFact) => boolean,
): readonly ForbiddenRule[] {
  rules ??= (parse(readAsset('wording/forbidden.yaml')) as RuleInFile[]).map(({ patterns, ...rule }) => ({
    ...rule,
    expressions: patterns.map((pattern) => new RegExp(pattern, 'gu')),
  }));
  return rules.filter(
    (rule) =>
      appliesTo(rule, act, regime) &&
      !(nextStep !== undefined && rule.unlessNextStep?.includes(nextStep)) &&
      !(rule.unlessFact !== undefined && holds(rule.unlessFact)) &&
      (rule.onlyFact === undefined || holds(rule.onlyFact)),
  );
}

/** True when a folded sentence breaks the rule. */
export function breaks(rule: ForbiddenRule, folded: string): boolean {
  if (rule.announceable && FUTURE.test(folded) && FROM_WHEN.test(folded)) return false;
  return rule.expressions.some((expression) =>
    [...folded.matchAll(expression)].some((match) => !(rule.negatable && DENIAL.test(folded.slice(0, match.index)))),
  );
}
